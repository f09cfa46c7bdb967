import { safeName } from './file-types.ts';

/** What a file is called: as whoever sent it says, else as its address ends, else `file`. Safe as {@link safeName} makes it. */
export const nameOfFile = ({ name, url }: { readonly name?: string | undefined; readonly url?: string }): string =>
  safeName(name ?? lastSegment(url ?? ''), '');

function lastSegment(address: string): string {
  const last = URL.parse(address)?.pathname.split('/').findLast(Boolean) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
