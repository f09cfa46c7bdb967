/** A promise of the lanes is broken. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** One message as those know it who sent and who received it. */
interface Message {
  readonly eventId: string;
  place: 'lane' | 'acknowledged' | 'dead';
  /** A worker was told to deliver it, and the other side had it, since it was last put into the lane. */
  tried: boolean;
  delivered: boolean;
  /** Told with every attempt; two mean that it was accepted twice. */
  acceptedAt?: number;
  /** What was being tried when this one was replayed, and need not wait for it. */
  readonly behind: Set<string>;
}

/** One execution of a turn that has taken its lane over. */
export interface Run {
  readonly lane: string;
  /** The message that it was told to deliver last. */
  inHand: string | undefined;
  /** Another run has taken the lane over since: whoever runs this one is a stopped process that woke up. */
  superseded: boolean;
  /** Has it a message in hand, and its worker the lock of the job? */
  readonly isAtWork: () => boolean;
}

export type Ledger = ReturnType<typeof createLedger>;

/** What the lanes promise, as plain lists kept beside the real ones. Throws a `Violation` where they differ. */
export function createLedger() {
  const lanes = new Map<string, Message[]>();
  let runs: Run[] = [];

  const messagesOf = (lane: string) => lanes.get(lane) ?? [];

  function find(lane: string, eventId: string): Message {
    const message = messagesOf(lane).find((other) => other.eventId === eventId);
    if (!message) throw new Violation(`${eventId} was never accepted into ${lane}`);
    return message;
  }

  return {
    accepted(lane: string, eventIds: readonly string[], said: number): void {
      const known = new Set(messagesOf(lane).map(({ eventId }) => eventId));
      const fresh = eventIds.filter((eventId) => !known.has(eventId));
      const added = fresh.map((eventId) => ({ eventId, place: 'lane', tried: false, delivered: false }) as const);
      lanes.set(lane, [...messagesOf(lane), ...added.map((message) => ({ ...message, behind: new Set<string>() }))]);
      if (said !== fresh.length)
        throw new Violation(`${said} of ${eventIds.join()} were accepted, of which ${fresh.length} are new`);
    },

    tookOver(run: Run): void {
      for (const other of runs) {
        if (other.lane !== run.lane || other.superseded) continue;
        if (other.isAtWork()) throw new Violation(`two workers at once have ${run.lane}`);
        other.superseded = true;
      }
      runs = [...runs, run];
    },

    told(run: Run, eventId: string): void {
      if (run.superseded) throw new Violation(`a worker that woke up goes on with ${eventId}`);
      find(run.lane, eventId).tried = true;
    },

    /** The other side has it. What a worker had in hand when he was stopped may come at any time. */
    attempted(run: Run, eventId: string, acceptedAt: number): void {
      const message = find(run.lane, eventId);
      message.acceptedAt ??= acceptedAt;
      if (message.acceptedAt !== acceptedAt) throw new Violation(`${eventId} was accepted twice`);
      if (!run.superseded) {
        if (message.place !== 'lane') throw new Violation(`${eventId} is ${message.place} and was tried again`);
        const before = messagesOf(run.lane).slice(0, messagesOf(run.lane).indexOf(message));
        const passed = before.find(
          ({ place, delivered, behind }) => place === 'lane' && !delivered && !behind.has(eventId),
        );
        if (passed) throw new Violation(`${eventId} was tried before ${passed.eventId} was delivered or dead`);
      }
      message.delivered = true;
    },

    acknowledged({ lane, superseded }: Run, eventId: string): void {
      const message = find(lane, eventId);
      if (superseded) return;
      if (!message.delivered) throw new Violation(`${eventId} was acknowledged and never delivered`);
      message.place = 'acknowledged';
    },

    buried(lane: string, eventId: string): void {
      find(lane, eventId).place = 'dead';
    },

    replayed(lane: string, eventId: string): void {
      const message = find(lane, eventId);
      if (message.place === 'lane') return; // the replay before this one died before it removed the letter
      message.behind.clear();
      for (const { eventId: other, place, tried } of messagesOf(lane))
        if (place === 'lane' && tried) message.behind.add(other);
      Object.assign(message, { place: 'lane', tried: false, delivered: false });
    },

    /** When nothing moves any more: each message is acknowledged, or a letter that lies there or was discarded. */
    settled(isLetter: (eventId: string) => boolean): void {
      for (const { eventId, place } of [...lanes.values()].flat())
        if (place === 'lane' || (place === 'dead' && !isLetter(eventId))) throw new Violation(`${eventId} is lost`);
    },

    /** For telling two situations apart. */
    state: () =>
      [...lanes].map(([lane, messages]) => [
        lane,
        messages.map((message) => ({ ...message, behind: [...message.behind] })),
      ]),
  };
}
