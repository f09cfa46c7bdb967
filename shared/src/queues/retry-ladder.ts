/**
 * The pause before each further attempt, in milliseconds. One attempt more than the ladder has steps, then the message is dead.
 */
export type RetryLadder = readonly number[];

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * A visitor sits in front of the chat, so most retries fall into the first minute; after a quarter of an hour nobody waits.
 *
 * | attempt | 2   | 3   | 4   | 5    | 6    | 7 … 20 | dead after     |
 * | after   | 1 s | 2 s | 5 s | 10 s | 30 s | 60 s   | about 15 min   |
 */
export const CHAT_LADDER: RetryLadder = [1, 2, 5, 10, 30, ...Array<number>(14).fill(60)].map((s) => s * SECOND);

/**
 * Nobody waits for a receipt, but a wrong one misleads the agent for good.
 *
 * | attempt | 2   | 3   | 4    | 5     | 6      | 7      | 8 … 13 | dead after   |
 * | after   | 2 s | 5 s | 30 s | 2 min | 10 min | 30 min | 1 h    | about 7 h    |
 */
export const REPORT_LADDER: RetryLadder = [
  2 * SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  ...Array<number>(6).fill(HOUR),
];

/**
 * The pause after the `attempt`th failure: the ladder's step, but no earlier than the other side asked for. Up to a fifth is
 * added by chance, so that what failed together does not come back together.
 */
export const pauseMs = (ladder: RetryLadder, attempt: number, retryAfterMs = 0): number =>
  Math.round(Math.max(ladder[attempt - 1] ?? 0, retryAfterMs) * (1 + Math.random() / 5));
