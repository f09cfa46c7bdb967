import { openLead } from '../redis/lead.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { createBurial } from './dead-letters.ts';
import { turnId } from './lane.ts';
import type { LaneState } from './lanes.ts';
import type { OpenQueue } from './open-queue.ts';

/**
 * Looks at every lane now and resolves with the number of repairs. A lane with a turn is looked at only if it has not moved
 * since `before`, the states that the last round returned.
 */
type Sweep = (before?: ReadonlyMap<string, string>) => Promise<{ repairs: number; seen: Map<string, string> }>;

export interface Sweeper extends AsyncDisposable {
  readonly sweep: Sweep;
}

export interface SweepParts<Message> {
  readonly queue: Pick<OpenQueue<Message>, 'definition' | 'redis' | 'lanes' | 'addTurns'> & {
    readonly turns: {
      getJobState(id: string): Promise<string>;
      getJob(id: string): Promise<{ readonly failedReason?: string | undefined } | undefined>;
    };
  };
  readonly burial: ReturnType<typeof createBurial<Message>>;
  readonly telemetry: Pick<Telemetry, 'healed' | 'logger'>;
}

/** A lane without a turn is found within two rounds. */
const ROUND_MS = 5_000;

const PAGE = 500;

/**
 * Heals what was lost between two commands (a worker that died, a Redis that hung, a job that an operator removed): any lane
 * with messages and without a turn gets one, and letters in the outbox are handed over. One process of all leads at a time;
 * every repair is fenced by the generation, so two leaders do double work and no harm.
 */
export function startSweeper<Message>(parts: SweepParts<Message>): Sweeper {
  const { queue, telemetry } = parts;
  const sweep = createSweep(parts);
  const lead = openLead({ redis: queue.redis, key: queue.lanes.keys.leader, forMs: ROUND_MS * 3 });
  let seen = new Map<string, string>();
  let stopped = false;
  let round: Promise<void> = Promise.resolve();

  const timer = setInterval(() => {
    round = round
      .then(async () => {
        if (stopped || !(await lead.take())) return;
        ({ seen } = await sweep(seen));
      })
      .catch((error: unknown) =>
        telemetry.logger.error(
          { err: error, queue: queue.definition.name },
          'sweep failed, the next round tries again',
        ),
      );
  }, ROUND_MS);

  return {
    sweep,
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}

/** The sweeper's one round, without its clock. */
export function createSweep<Message>({ queue, burial, telemetry }: SweepParts<Message>): Sweep {
  /** The number of repairs to one lane: 0 or 1. */
  async function mend({ lane, state, owner }: LaneState): Promise<number> {
    const heal = async (generation: string) => {
      const turns = await queue.lanes.heal(lane, generation);
      await queue.addTurns(turns);
      return 1;
    };
    if (state === 'waiting') return 0;
    if (!owner) return heal('');
    const id = turnId(lane, owner.generation);
    switch (await queue.turns.getJobState(id)) {
      case 'unknown': {
        if (owner.run !== '0') return heal(owner.generation);
        await queue.addTurns([{ lane, generation: owner.generation }]); // granted, but whoever had to add it died
        return 1;
      }
      case 'completed':
        return heal(owner.generation);
      case 'failed': {
        const reason = (await queue.turns.getJob(id))?.failedReason ?? 'the worker died on it each time';
        return (await burial.bury({ lane, generation: owner.generation }, { reason, attempts: 0 })) ? 1 : 0;
      }
      default:
        return 0;
    }
  }

  return async (before) => {
    let repairs = 0;
    const now = new Map<string, string>();
    let cursor = '0';
    do {
      const page = await queue.lanes.survey(cursor, PAGE);
      cursor = page.cursor;
      for (const lane of page.lanes) {
        const state = stateOf(lane);
        now.set(lane.lane, state);
        if (lane.owner && before && before.get(lane.lane) !== state) continue;
        repairs += await mend(lane);
      }
    } while (cursor !== '0');
    const letters = await queue.redis.smembers(queue.lanes.keys.dead);
    const handedOver = await Promise.allSettled(letters.map(burial.handOver));
    const failures = handedOver.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    repairs += handedOver.length - failures.length;
    if (repairs > 0) telemetry.healed({ queue: queue.definition.name, lanes: repairs });
    if (failures.length > 0) throw new AggregateError(failures, 'dead letters could not be handed over');
    return { repairs, seen: now };
  };
}

/** Changes whenever the lane's turn begins, ends or is taken over. */
const stateOf = ({ owner }: LaneState) => (owner ? `${owner.generation} ${owner.run}` : '');
