import type { z } from 'zod';
import { Problem } from './problem.ts';

/** One event that does not parse, and its place in the list; none when it came alone. */
export interface Malformed {
  readonly at: readonly number[];
  readonly issues: readonly z.core.$ZodIssue[];
}

/** Enough to mend a sender with, and a bound on the answer. */
const MAX_LISTED = 20;

/** Says what is wrong with each malformed event. The log learns the fields alone, since a message may repeat what was sent. */
export function invalidEvents(malformed: readonly Malformed[]): Problem {
  const errors = malformed.flatMap(({ at, issues }) =>
    issues.map((issue) => ({ path: pathOf([...at, ...issue.path]), problem: remedyOf(issue) })),
  );
  const [first] = errors;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  return new Problem('invalid-event', {
    detail: `nothing was accepted. ${first?.path || 'the event'}: ${first?.problem}${more}. Correct it and send the whole request again`,
    reason: `invalid event: ${first?.path || 'not an object'}${more}`,
    errors: errors.slice(0, MAX_LISTED),
  });
}

/** `[3].data.text` */
const pathOf = (path: readonly PropertyKey[]) =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');

function remedyOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `does not know ${namesOf(issue.keys)}: leave it out`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return 'must be a time in ISO 8601 with offset, like 2026-11-02T10:07:00.000Z';
  return issue.message;
}

function namesOf(keys: readonly string[]): string {
  const more = keys.length - MAX_LISTED;
  const names = keys.slice(0, MAX_LISTED).map((key) => JSON.stringify(key.slice(0, 50)));
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
