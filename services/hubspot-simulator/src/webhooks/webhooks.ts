import type { App } from '../portal/app.ts';
import type { Changes } from '../portal/changes.ts';
import type { Channel } from '../portal/portal.ts';
import type { Settings } from '../portal/settings.ts';
import { subscriptionTo } from '../portal/subscriptions.ts';
import type { Delivery, Sender } from './webhook-delivery.ts';
import { attempt, pause, retry } from './webhook-delivery.ts';
import type { Announce } from './webhook-events.ts';
import type { WebhookTarget } from './webhook-trouble.ts';
import { createTroublePlan } from './webhook-trouble.ts';

/** What is not named stays as it is. */
export interface WebhookAddresses {
  /** That of the channel the simulator was started with. Others have their own. */
  channelWebhookUrl?: string | undefined;
  eventsWebhookUrl?: string | undefined;
}

export interface Webhooks extends AsyncDisposable, ReturnType<typeof createTroublePlan> {
  readonly announce: Announce;
  /** Changes where webhooks go, from the next attempt on. */
  readonly connect: (addresses: WebhookAddresses) => void;
  /** Sends what the simulator itself would never send, signed and delivered like all others. */
  readonly send: (target: WebhookTarget, events: readonly Record<string, unknown>[]) => void;
  /** Sends those that were held or that wait for a follower to overtake them. */
  readonly release: () => void;
  readonly deliveries: () => readonly Delivery[];
  /** Resolves when nothing is on its way any more. What is held stays held. */
  readonly settled: () => Promise<unknown>;
}

const MOST_IN_ONE_POST = 100;

/**
 * Delivers webhooks. To each address first attempts go out one after the other; a retry, or a delivery that is late, is overtaken.
 * The events of one moment travel to the app in one array.
 */
export function createWebhooks(deps: {
  readonly settings: Settings;
  readonly changes: Changes;
  readonly app: App;
  /** Each has its address; what names none of them goes to the first. */
  readonly channels: ReadonlyMap<string, Channel>;
}): Webhooks {
  const plan = createTroublePlan();
  const stop = new AbortController();
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();
  const lines: Record<WebhookTarget, Promise<void>> = { channel: Promise.resolve(), events: Promise.resolve() };
  const buffer: Record<string, unknown>[] = [];
  const sender: Sender = {
    settings: deps.settings,
    clientSecret: deps.app.clientSecret,
    addressOf: ({ target, events }) => {
      if (target === 'events') return deps.app.eventsWebhookUrl;
      const [first] = deps.channels.values();
      return (deps.channels.get(String(events[0]?.channelId)) ?? first)?.webhookUrl;
    },
    emit: deps.changes.emit,
    stopping: stop.signal,
  };

  const track = (work: Promise<void>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const lineUp = (delivery: Delivery) => {
    delivery.state = 'waiting';
    lines[delivery.target] = lines[delivery.target].then(async () => {
      if (stop.signal.aborted) return;
      const overtaken = deliveries.filter((other) => isOvertakenBy(other, delivery));
      for (const other of overtaken) other.state = 'waiting';
      if (!(await attempt(sender, delivery))) track(retry(sender, delivery));
      overtaken.forEach(lineUp);
    });
    track(lines[delivery.target]);
  };

  const send: Webhooks['send'] = (target, events) => {
    const trouble = plan.take(target);
    const delivery: Delivery = { target, events, trouble: trouble?.kind, attempts: [], state: 'waiting' };
    deliveries.push(delivery);
    if (trouble?.kind === 'drop') delivery.state = 'dropped';
    else if (trouble?.kind === 'hold' || trouble?.kind === 'reorder') delivery.state = 'held';
    else if (trouble?.kind === 'late') track(pause(sender, trouble.delayMs).then(() => lineUp(delivery)));
    else lineUp(delivery);
    if (trouble?.kind === 'duplicate') {
      const again: Delivery = { ...delivery, attempts: [] };
      deliveries.push(again);
      lineUp(again);
    }
    deps.changes.emit();
  };

  const flush = () => {
    while (buffer.length > 0 && !stop.signal.aborted) send('events', buffer.splice(0, MOST_IN_ONE_POST));
  };

  return {
    ...plan,
    add: (trouble) => {
      const id = plan.add(trouble);
      deps.changes.emit();
      return id;
    },
    clear: () => {
      plan.clear();
      deps.changes.emit();
    },
    announce: {
      toChannel: (event) => send('channel', [event]),
      toApp: (event) => {
        const subscription = subscriptionTo(deps.app, event);
        if (!subscription) return;
        if (buffer.push({ ...event, subscriptionId: Number(subscription.id) }) === 1) setImmediate(flush);
      },
    },
    connect: (given) => {
      const [first] = deps.channels.values();
      if (first && 'channelWebhookUrl' in given) first.webhookUrl = given.channelWebhookUrl;
      if ('eventsWebhookUrl' in given) deps.app.eventsWebhookUrl = given.eventsWebhookUrl;
    },
    send,
    release: () => deliveries.filter(({ state }) => state === 'held').forEach(lineUp),
    deliveries: () => deliveries,
    settled: () =>
      deps.changes.until(() => buffer.length === 0 && deliveries.every(({ state }) => state !== 'waiting')),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

const isOvertakenBy = (earlier: Delivery, later: Delivery) =>
  earlier !== later && earlier.state === 'held' && earlier.trouble === 'reorder' && earlier.target === later.target;
