import { z } from 'zod';
import { ProblemBody } from '../problem.ts';

/** Reads an answer that must be an RFC 9457 problem of this status; throws when it is anything else. */
export async function problemOf(response: Response, status: number): Promise<ProblemBody> {
  const type = response.headers.get('content-type');
  const text = await response.text();
  if (response.status !== status || !type?.startsWith('application/problem+json'))
    throw new Error(`expected a problem ${status}, not ${response.status} ${type}: ${text}`);
  return ProblemBody.extend({ status: z.literal(status) }).parse(JSON.parse(text));
}
