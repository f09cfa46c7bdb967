import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { PortalId } from '../contracts/ids.ts';
import { NotYet, RetryableError } from '../failures.ts';
import { defineBudgetScripts } from './rate-budget-scripts.ts';
import type { RateHeaders } from './rate-headers.ts';
import { URGENCIES, type Urgency } from './urgency.ts';

/**
 * The calls that a portal still allows us, counted in Redis by Redis's clock: all workers share them, and the more urgent ones
 * are not behind the others (see `urgency.ts`). If a process dies after `take`, its place is lost and nothing else.
 */
export interface RateBudget {
  /**
   * Resolves when the call may be made, after a wait of at most `patienceMs`: words wait for a place that is kept for them, other
   * calls until there is one that nobody more urgent wants. Otherwise says when to come again, and keeps no place: throws a
   * {@link NotYet} when others have the calls, and a {@link RetryableError} of the portal while it is paused.
   * `probe`: the first call after a pause. Nobody else calls until it has ended with `open` or `block`, or was forgotten.
   */
  take(portalId: PortalId, request: PlaceRequest): Promise<Grant>;
  /** Nobody calls for so long; then one call asks whether the pause is over. Never shortens a pause. */
  block(portalId: PortalId, pause: { readonly forMs: number; readonly why: string }): Promise<void>;
  /** Ends a pause, because a call has succeeded or its cause is mended. Nothing when there is none. */
  open(portalId: PortalId): Promise<void>;
  /** Takes the limit from an answer of HubSpot's, and leaves to others who share it what they use. */
  learn(portalId: PortalId, said: RateHeaders): Promise<void>;
  /** The pause of a portal, undefined when it has none. */
  stateOf(portalId: PortalId): Promise<PortalPause | undefined>;
  /** Every paused portal. */
  paused(): Promise<readonly PortalPause[]>;
}

export interface PlaceRequest {
  readonly urgency: Urgency;
  readonly patienceMs: number;
  /** Whose words they are. A conversation that was quiet lately goes before those that are not. */
  readonly conversation?: string | undefined;
}

export type Grant = 'granted' | 'probe';

/** Times are milliseconds since 1970. */
export interface PortalPause {
  readonly portalId: PortalId;
  readonly since: number;
  /** In the past: nobody had anything to say to HubSpot since; the next call asks whether the pause is over. */
  readonly until: number;
  /** For people: what HubSpot said, in a few words. */
  readonly why: string;
}

export interface RateBudgetSettings {
  readonly redis: Redis;
  /** First part of every key. */
  readonly namespace: string;
  /** Calls in any ten seconds, until HubSpot has named its limit. */
  readonly perTenSeconds?: number;
  /** Hears of a pause once, and of its end, in the process that met it. */
  readonly told?: {
    portalPaused(line: { portal: string; until: string; why: string }): void;
    portalResumed(line: { portal: string; pausedMs: number }): void;
  };
}

/** Our part of a limit. The rest is for calls that are late on their way and so fall into another window of HubSpot's than of ours. */
const OUR_PART = 0.95;
/** The least that HubSpot allows to any app is 100. */
const DEFAULT_PER_TEN_SECONDS = 100 * OUR_PART;

/** So often a flooding conversation has a place kept for it; in between it takes what quiet ones leave. */
const QUIET_AFTER_MS = 2_000;
const PART_UNTIL_QUIET = 0.85;

/** Longer than any call lasts, with a token renewed on its way: whoever had the probe is dead. */
const PROBE_MS = 40_000;
/** For those who wait for the end of a probe. */
const ASK_AGAIN_MS = 1_000;
/** Those who wait for a long pause look again this often, without a call, in case it was ended before its time. */
const LOOK_AGAIN_MS = 30_000;

export function createRateBudget(settings: RateBudgetSettings): RateBudget {
  const { redis, namespace, perTenSeconds = DEFAULT_PER_TEN_SECONDS, told } = settings;
  defineBudgetScripts(redis);
  const keyOf = (portalId: PortalId) => `{${namespace}}:budget:${portalId}`;
  const placesOf = (portalId: PortalId) => `${keyOf(portalId)}:places`;
  const pausedKey = `{${namespace}}:budget-paused`;

  async function stateOf(portalId: PortalId): Promise<PortalPause | undefined> {
    const [since, blocked, why] = await redis.hmget(keyOf(portalId), 'since', 'blocked', 'why');
    return why ? { portalId, since: Math.floor(Number(since)), until: Math.ceil(Number(blocked)), why } : undefined;
  }

  const placeOf = (portalId: PortalId, { urgency, patienceMs, conversation = '' }: PlaceRequest) => {
    const { partOfBurst, starvedAfterMs } = URGENCIES[urgency];
    return redis.budgetTake(
      keyOf(portalId),
      placesOf(portalId),
      `${keyOf(portalId)}:speakers`,
      perTenSeconds,
      patienceMs,
      urgency,
      partOfBurst,
      starvedAfterMs,
      PROBE_MS,
      ASK_AGAIN_MS,
      conversation,
      QUIET_AFTER_MS,
      PART_UNTIL_QUIET,
    );
  };

  async function turnAway(portalId: PortalId, waitMs: number): Promise<never> {
    const state = await stateOf(portalId);
    const againInMs = Math.min(waitMs, LOOK_AGAIN_MS);
    if (!state) throw new NotYet(`portal ${portalId} has no call left in its rate budget for ${waitMs} ms`, againInMs);
    const until = new Date(state.until).toISOString();
    const message = `portal ${portalId} is paused until ${until}: ${state.why}`;
    throw new RetryableError(message, { scope: 'portal', certain: true, retryAfterMs: againInMs });
  }

  return {
    stateOf,

    async take(portalId, request) {
      const deadline = Date.now() + request.patienceMs;
      for (;;) {
        const [answer, waitMs] = await placeOf(portalId, {
          ...request,
          patienceMs: Math.max(0, deadline - Date.now()),
        });
        if (answer === 1) return 'probe';
        if (answer === 0) {
          if (waitMs === 0) return 'granted';
          await pause(waitMs);
          // The portal may have been paused meanwhile.
          const blockedMs = await redis.budgetBlocked(keyOf(portalId));
          return blockedMs === 0 ? 'granted' : turnAway(portalId, blockedMs);
        }
        if (answer === 3 || Date.now() + waitMs > deadline) return turnAway(portalId, waitMs);
        await pause(waitMs);
      }
    },

    async block(portalId, { forMs, why }) {
      const [news, until] = await redis.budgetBlock(keyOf(portalId), pausedKey, forMs, why, portalId);
      if (news === 1) told?.portalPaused({ portal: portalId, until: new Date(until).toISOString(), why });
    },

    async open(portalId) {
      const pausedMs = await redis.budgetOpen(keyOf(portalId), pausedKey, portalId);
      if (pausedMs >= 0) told?.portalResumed({ portal: portalId, pausedMs });
    },

    async learn(portalId, { limit, remaining, windowMs }) {
      const ours = Math.floor(limit * OUR_PART);
      await redis.budgetLearn(keyOf(portalId), placesOf(portalId), ours, limit, remaining, windowMs);
    },

    async paused() {
      const ids = await redis.smembers(pausedKey);
      const states = await Promise.all(ids.map((id) => stateOf(PortalId.parse(id))));
      return states.filter((state) => state !== undefined);
    },
  };
}
