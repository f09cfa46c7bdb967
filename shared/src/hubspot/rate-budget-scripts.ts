import { readFileSync } from 'node:fs';
import type { Redis, Result } from 'ioredis';

const lua = (name: string) => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');

/** What each script does is told at its head, in `lua/`. */
export function defineBudgetScripts(redis: Redis): void {
  redis.defineCommand('budgetTake', { numberOfKeys: 3, lua: lua('take') });
  redis.defineCommand('budgetBlocked', { numberOfKeys: 1, lua: lua('blocked') });
  redis.defineCommand('budgetBlock', { numberOfKeys: 2, lua: lua('block') });
  redis.defineCommand('budgetOpen', { numberOfKeys: 2, lua: lua('open') });
  redis.defineCommand('budgetLearn', { numberOfKeys: 2, lua: lua('learn') });
}

type TakeArguments = [
  limit: number,
  patienceMs: number,
  urgency: string,
  part: number,
  starvedAfterMs: number,
  probeMs: number,
  askAgainMs: number,
  conversation: string,
  quietAfterMs: number,
  partUntilThen: number,
];

declare module 'ioredis' {
  interface RedisCommander<Context> {
    budgetTake(
      portal: string,
      places: string,
      speakers: string,
      ...given: TakeArguments
    ): Result<[0 | 1 | 2 | 3, number], Context>;
    budgetBlocked(portal: string): Result<number, Context>;
    budgetBlock(
      portal: string,
      paused: string,
      ...given: [forMs: number, why: string, portalId: string]
    ): Result<[0 | 1, number], Context>;
    budgetOpen(portal: string, paused: string, portalId: string): Result<number, Context>;
    budgetLearn(
      portal: string,
      places: string,
      ...given: [ours: number, limit: number, remaining: number, windowMs: number]
    ): Result<number, Context>;
  }
}
