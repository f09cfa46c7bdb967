import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createRandom, type Random } from './random.ts';
import type { World } from './world.ts';

/** Something said. Times are milliseconds of `performance.now()`. */
export interface Said {
  readonly text: string;
  /** When it was said. */
  readonly at: number;
  /**
   * While it was brought to the door: from the first try until it was accepted, undefined as long as it was not. Of two things
   * whose times do not overlap, the earlier one has to arrive first.
   */
  from?: number | undefined;
  until?: number | undefined;
}

export interface Talk {
  readonly conversations: number;
  /** Each way, in each conversation. */
  readonly messages: number;
  readonly lastsMs: number;
  /** A hasty agent writes on although HubSpot has not been able to tell of the last reply. */
  readonly agents: 'patient' | 'hasty';
}

export interface Speech {
  readonly fromVisitors: readonly Said[];
  readonly fromAgents: readonly Said[];
  /** Resolves when everybody has said all they had to say. */
  readonly over: Promise<unknown>;
}

/** Every text names its conversation and its place. */
export const textOf = (conversation: string, who: 'visitor' | 'agent', n: number) => `${conversation} ${who} ${n}`;
export const conversationIn = (text: string): string => text.slice(0, text.indexOf(' '));

/**
 * Hands conversations over to agents, then lets both sides of each talk in bursts, as people do. What the door does not take is
 * sent again under its id, as a bot has to, until it does or `stop` ends it all. Each speaker has chances of its own, so that the
 * same seed is the same talk whatever happens meanwhile.
 */
export async function beginSpeech(
  world: World,
  { seed, ...talk }: Talk & { readonly seed: number },
  stop: AbortSignal,
): Promise<Speech> {
  const { simulator } = world;
  const conversations = Array.from({ length: talk.conversations }, () => randomUUID());
  const fromVisitors: Said[] = [];
  const fromAgents: Said[] = [];
  await Promise.all(
    conversations.map((id) => bring(world, { type: 'handoff.requested', id, text: textOf(id, 'visitor', 0) }, stop)),
  );
  await simulator.until(() => simulator.threads().length >= conversations.length, { timeoutMs: 120_000 });
  const threadOf = new Map(
    simulator
      .threads()
      .map(({ id, messages: [first] }) => [first?.type === 'MESSAGE' ? conversationIn(first.text) : '', id]),
  );

  const visitorTalks = async (id: string, random: Random) => {
    for (let n = 1; n <= talk.messages && !stop.aborted; n += 1) {
      await breath(random, talk);
      const at = performance.now();
      const said: Said = { text: textOf(id, 'visitor', n), at, from: at };
      fromVisitors.push(said);
      if (await bring(world, { type: 'visitor.message', id, text: said.text }, stop)) said.until = performance.now();
    }
  };
  const agentTalks = async (id: string, random: Random) => {
    for (let n = 1; n <= talk.messages && !stop.aborted; n += 1) {
      await breath(random, talk);
      const said: Said = { text: textOf(id, 'agent', n), at: performance.now() };
      fromAgents.push(said);
      simulator.agent.reply(threadOf.get(id) ?? '', said.text);
      const delivery = simulator.webhooks.deliveries().findLast(({ target }) => target === 'channel');
      const isTold = () => stop.aborted || delivery?.state === 'delivered';
      const told = async () => {
        while (!isTold()) await pause(LOOK_MS);
        Object.assign(said, { from: delivery?.begunAt, until: delivery?.answeredAt });
      };
      if (talk.agents === 'patient') await told();
      else void told();
    }
  };
  return {
    fromVisitors,
    fromAgents,
    over: Promise.all(
      conversations.flatMap((id, at) => [
        visitorTalks(id, createRandom(seed * 2_000 + at)),
        agentTalks(id, createRandom(seed * 2_000 + 1_000 + at)),
      ]),
    ),
  };
}

/** Seven of ten messages follow at once; the others make the talk last as long as it should. */
const breath = (random: Random, { messages, lastsMs }: Talk) =>
  pause(random.between(1, 10) <= 7 ? random.between(0, 10) : random.between(0, (2 * lastsMs) / (0.3 * messages)));

interface Event {
  readonly type: 'handoff.requested' | 'visitor.message';
  /** Of the conversation. */
  readonly id: string;
  readonly text: string;
}

const AGAIN_MS = 200;
const LOOK_MS = 20;

/** Brings it to the door until it is taken. False: that was too late. */
export async function bring(
  { door }: Pick<World, 'door'>,
  { type, id, text }: Event,
  stop: AbortSignal,
): Promise<boolean> {
  const event = { id: randomUUID(), type, conversationId: id, occurredAt: new Date().toISOString(), data: { text } };
  while (!stop.aborted) {
    const taken = await fetch(`${door.url}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${door.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
      signal: AbortSignal.any([stop, AbortSignal.timeout(10_000)]),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.ok;
      },
      () => false, // nobody at the door; it may have been taken all the same
    );
    if (taken) return true;
    await pause(AGAIN_MS, undefined, { signal: stop }).catch(() => undefined);
  }
  return false;
}
