import { queues } from '@parley/shared/queues/catalogue';
import { accountOf, decodeEntry, type Entry } from '@parley/shared/queues/lane';
import { openQueue } from '@parley/shared/queues/open-queue';
import type { Redis } from 'ioredis';

export type Kept = ReadonlyMap<string, readonly Entry[]>;

const LETTER = {
  lane: '898158620/dead',
  number: 1,
  message: {},
  reason: 'refused',
  attempts: 1,
  acceptedAt: 1,
  diedAt: 1,
  deliveredAtDeath: 0,
};

/** Turns that nobody takes are let go every so many looks. */
const LOOKS = 200;

/**
 * Looks into the lanes where no worker runs, and leaves them as if nothing had ever been accepted: so that whatever the next
 * request leaves behind is its own.
 */
export function openKept({ redis, namespace }: { redis: Redis; namespace: string }) {
  const opened = {
    'visitor-messages': openQueue(queues.visitorMessages, { redis, namespace }),
    'agent-messages': openQueue(queues.agentMessages, { redis, namespace }),
  };
  let looks = 0;

  async function emptied(queue: keyof typeof opened): Promise<[string, Entry[]][]> {
    const { lanes, turns } = opened[queue];
    const base = lanes.keys.index.replace(/index$/, '');
    looks += 1;
    if (looks % LOOKS === 0) await turns.drain();
    const names = await redis.zrange(lanes.keys.index, '0', '-1');
    if (names.length === 0) return [];
    const kept = await Promise.all(
      names.map(
        async (name): Promise<[string, Entry[]]> => [
          name,
          (await redis.lrange(`${base}lane:${name}`, 0, -1)).map(decodeEntry),
        ],
      ),
    );
    await redis.unlink(
      lanes.keys.index,
      ...kept.flatMap(([name, entries]) => [
        `${base}lane:${name}`,
        ...['live', 'ready'].map((set) => `${base}${set}:${accountOf(name)}`),
        ...entries.map(({ eventId }) => `${base}seen:${accountOf(name)}:${eventId}`),
      ]),
    );
    return kept;
  }

  return {
    /** The messages of every lane that has any, by the lane's name, oldest first. */
    take: async (queue: keyof typeof opened): Promise<Kept> => new Map(await emptied(queue)),

    /** A message that was given up, for operators' forms to be about. */
    plantDeadLetter: (id: string) =>
      opened['visitor-messages'].letters.add('dead-letter', { ...LETTER, eventId: id }, { jobId: id }),

    /** Keys of lanes that no message of an accepted request accounts for. */
    async leftBehind(): Promise<string[]> {
      const left: string[] = [];
      for await (const keys of redis.scanStream({ match: `{${namespace}}:lanes:*`, count: 1_000 }))
        left.push(...keys.filter((key: string) => !key.endsWith(':ticket')));
      return left;
    },

    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(opened).map((queue) => queue[Symbol.asyncDispose]()));
    },
  };
}
