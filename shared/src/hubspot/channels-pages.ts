import { z } from 'zod';

/** More than any account has of what is listed here; a list that does not end is broken off. */
const MAX_PAGES = 50;

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    results: z.array(item),
    paging: z.object({ next: z.object({ after: z.coerce.string() }).optional() }).nullish(),
  });

interface Page<T> {
  readonly results: readonly T[];
  readonly paging?: { readonly next?: { readonly after: string } | undefined } | null | undefined;
}

/** Everything that HubSpot lists page by page. */
export async function allOf<T>(page: (query: Record<string, string>) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const { results, paging } = await page(after === undefined ? {} : { after });
    all.push(...results);
    after = paging?.next?.after;
    if (after === undefined) break;
  }
  return all;
}
