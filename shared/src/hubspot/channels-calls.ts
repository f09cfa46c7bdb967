import type { z } from 'zod';
import { RetryableError } from '../failures.ts';
import { type Answer, exchange, LostAnswer, Refusal } from './exchange.ts';
import { isUnknownChannel } from './failure-of.ts';
import { explain } from './refusal-body.ts';

/**
 * Why HubSpot did not do what a person asked for while setting up.
 *
 * - `credential`: it does not take the token or the key (401)
 * - `permission`: they may not do this (403)
 * - `channel`: there is no such channel for this app
 * - `absent`: there is no such thing
 * - `conflict`: there is one like it already
 * - `refused`: it answered something else that is no success
 * - `away`: no answer, or none that can be read; what was to be created may have been
 */
export type SetUpProblem = 'credential' | 'permission' | 'channel' | 'absent' | 'conflict' | 'refused' | 'away';

/** The message is a sentence for a person, without secrets. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
  readonly problem: SetUpProblem;

  constructor(problem: SetUpProblem, message: string, cause?: unknown) {
    super(message, { cause });
    this.problem = problem;
  }
}

export interface SetUpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Absent where the query has the developer's key. */
  readonly token?: string;
  /** What HubSpot must not be quoted with. */
  readonly secrets: readonly string[];
}

/**
 * Makes the few calls of setting up and checking: at once, and with nothing remembered of a refusal, so that a look at a wrong
 * token pauses no portal that works with another one. Throws what `exchange` throws.
 */
export const askHubSpot = (
  { apiUrl, timeoutMs }: { apiUrl: string; timeoutMs: number },
  { method, path, query = {}, body, token }: SetUpRequest,
): Promise<Answer> => {
  const search = new URLSearchParams(query).toString();
  const headers = {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return exchange(`${apiUrl.replace(/\/+$/, '')}${path}${search && `?${search}`}`, init, timeoutMs);
};

/** Reads an answer of HubSpot's, or makes a {@link SetUpError} of what came instead of it. */
export async function readAnswer<T>(
  asked: Promise<Answer>,
  schema: z.ZodType<T>,
  secrets: readonly string[],
): Promise<T> {
  const { text } = await asked.catch((thrown: unknown) => {
    throw setUpErrorOf(thrown, secrets);
  });
  const read = schema.safeParse(jsonOf(text));
  if (read.success) return read.data;
  throw new SetUpError('away', 'HubSpot answered something that cannot be read');
}

function setUpErrorOf(thrown: unknown, secrets: readonly string[]): unknown {
  if (thrown instanceof Refusal) return new SetUpError(problemOf(thrown.answer), explain(thrown.answer, secrets));
  if (thrown instanceof LostAnswer)
    return new SetUpError('away', `HubSpot could not be asked: ${thrown.message}`, thrown);
  if (thrown instanceof RetryableError) return new SetUpError('credential', thrown.message, thrown);
  return thrown;
}

function problemOf(answer: Answer): SetUpProblem {
  if (isUnknownChannel(answer)) return 'channel';
  if (answer.status >= 500) return 'away';
  const known: Readonly<Record<number, SetUpProblem>> = {
    401: 'credential',
    403: 'permission',
    404: 'absent',
    409: 'conflict',
  };
  return known[answer.status] ?? 'refused';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
