import { z } from 'zod';
import { invalid, parseBody } from './errors.ts';

interface Page<T> {
  readonly results: readonly T[];
  readonly paging?: { readonly next: { readonly after: string } };
}

/** One page of a sorted list. `after` is the cursor of the page before; a cursor stays valid while the list grows. */
export function pageOf<T extends { readonly id: string }>(
  sorted: readonly T[],
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Page<T> {
  const start = after === undefined ? 0 : positionAfter(sorted, after);
  const results = sorted.slice(start, start + limit);
  const last = results.at(-1);
  const more = last && start + limit < sorted.length;
  return { results, ...(more && { paging: { next: { after: cursorOf(last) } } }) };
}

const Size = z.coerce.number().int().min(1).max(500).optional();
const Query = z.object({ limit: Size, defaultPageLength: Size, after: z.string().optional() });

/** One page, and how many there are in all. */
export function totalPageOf<T extends { readonly id: string }>(all: readonly T[], query: URLSearchParams) {
  const { limit, defaultPageLength = 100, after } = parseBody(Query, Object.fromEntries(query));
  return { total: all.length, ...pageOf(all, { limit: limit ?? defaultPageLength, after }) };
}

const cursorOf = ({ id }: { readonly id: string }) => Buffer.from(id).toString('base64url');

function positionAfter(sorted: readonly { readonly id: string }[], cursor: string): number {
  const index = sorted.findIndex((one) => cursorOf(one) === cursor);
  if (index < 0) throw invalid({ message: `Invalid paging cursor "${cursor}"`, in: 'after' });
  return index + 1;
}
