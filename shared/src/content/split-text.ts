const words = new Intl.Segmenter(undefined, { granularity: 'word' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Code units beyond a cut that are looked at. Whatever belongs together is shorter, save what was made to be longer. */
const AHEAD = 200;

/**
 * The text in parts of at most `limit` UTF-16 code units, in order: the same for the same text and limit. Cut is at the last
 * space or line break; without one, between two words of a script that writes none (Thai, Chinese), and else between two
 * characters as people see them, so that no emoji and no accented letter comes apart. The space at a cut is left out.
 */
export function splitText(text: string, limit: number): [string, ...string[]] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const cut = cutOf(rest, limit);
    const part = rest.slice(0, cut).trimEnd();
    if (part !== '') parts.push(part);
    rest = rest.slice(cut).trimStart();
  }
  const [first, ...others] = rest === '' ? parts : [...parts, rest];
  return [first ?? '', ...others];
}

/** Between 1 and `limit`. */
function cutOf(rest: string, limit: number): number {
  const atSpace = lastSpace(rest.slice(0, limit + 1));
  if (atSpace > 0) return atSpace;
  const window = rest.slice(0, limit + AHEAD);
  const betweenWords = begin(words, { window, at: limit });
  const betweenCharacters = begin(graphemes, { window, at: betweenWords || limit });
  return betweenCharacters || begin(graphemes, { window, at: limit }) || betweenCodePoints(rest, limit);
}

/** Where the last run of white space begins that nothing is joined to; 0 when there is none. */
const lastSpace = (window: string) => [...window.matchAll(/(?<=\S)\s+(?![\p{M}\u200d])/gu)].at(-1)?.index ?? 0;

const begin = (segmenter: Intl.Segmenter, { window, at }: { window: string; at: number }) =>
  segmenter.segment(window).containing(at)?.index ?? 0;

/** For a single character that is longer than a whole part. */
function betweenCodePoints(rest: string, limit: number): number {
  const inPair =
    limit > 1 && /[\ud800-\udbff]/.test(rest.charAt(limit - 1)) && /[\udc00-\udfff]/.test(rest.charAt(limit));
  return inPair ? limit - 1 : limit;
}
