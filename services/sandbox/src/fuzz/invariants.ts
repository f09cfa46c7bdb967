import { z } from 'zod';
import type { Kept } from './kept.ts';
import type { Answer, RawRequest } from './raw-request.ts';

const ProblemJson = z.strictObject({
  type: z.string().startsWith('urn:parley:problem:'),
  title: z.string().min(1),
  status: z.number(),
  detail: z.string().min(1),
  errors: z.array(z.strictObject({ path: z.string(), problem: z.string().min(1) })).optional(),
});

/** Characters. An answer that grows with the request would let a small sender make a large traffic. */
const LONGEST_REFUSAL = 16_384;

const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype).length;

/** What holds for every answer of every service. */
export function sound(answer: Answer, secrets: readonly string[]): void {
  const { status, text } = answer;
  if (!(status >= 200 && status < 500)) throw new Error(`answered ${status}: ${text.slice(0, 500)}`);
  if (secrets.some((secret) => `${text}${JSON.stringify(answer.headers)}`.includes(secret)))
    throw new Error('the answer holds a secret');
  if (status >= 400 && text.length > LONGEST_REFUSAL) throw new Error(`a refusal of ${text.length} characters`);
  if ('polluted' in {} || Object.getOwnPropertyNames(Object.prototype).length !== PROTOTYPE)
    throw new Error('the prototype of all objects was changed');
}

/** A refusal of the ingress: a problem, or, where what came was no HTTP, the empty answer of Node's parser. */
export function problemIn({ status, headers, text }: Answer, { method }: Pick<RawRequest, 'method'>): void {
  if (method === 'HEAD' || (text === '' && headers['content-type'] === undefined)) return;
  if (!headers['content-type']?.startsWith('application/problem+json'))
    throw new Error(`a ${status} that is no problem: ${text}`);
  const { status: told } = ProblemJson.parse(JSON.parse(text));
  if (told !== status) throw new Error(`answered ${status} and told ${told}`);
}

export function nothingKept(kept: Kept, status: number): void {
  if (kept.size > 0) throw new Error(`answered ${status} and kept something in ${[...kept.keys()].join(' ')}`);
}

export const demand = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};
