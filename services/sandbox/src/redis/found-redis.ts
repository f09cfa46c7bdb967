export type RedisKind = 'given' | 'docker' | 'binary' | 'embedded';

export interface FoundRedis extends AsyncDisposable {
  readonly url: string;
  readonly kind: RedisKind;
}

/** Why one way does not lead to a Redis on this machine; the next one is then tried. */
export interface Unavailable {
  readonly unavailable: string;
}

export interface Wish {
  readonly redisUrl?: string | undefined;
  /** Default: `redis:8-alpine`. */
  readonly dockerImage?: string | undefined;
  /** Takes one line for the person who waits. */
  readonly print: (line: string) => void;
}

/** Nothing here outlives its run, so nothing is written to disk; and a queue must never have its keys evicted. */
export const REDIS_ARGUMENTS = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'] as const;

export const READY_LINE = /Ready to accept connections/;

/** Throws when it is none of the kinds. Empty means that any will do. */
export function parseRedisKind(given: string | undefined): RedisKind | undefined {
  if (!given) return undefined;
  switch (given) {
    case 'given':
    case 'docker':
    case 'binary':
    case 'embedded':
      return given;
    default:
      throw new Error(`PARLEY_TEST_REDIS is "${given}": use given, docker, binary or embedded`);
  }
}
