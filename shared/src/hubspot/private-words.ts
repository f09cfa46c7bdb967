/** Shorter words occur in any sentence. */
const TOO_SHORT = 3;

/** Words are looked for in pieces of so many characters: no expression can be made of a whole page, and of a long quotation it finds most. */
const PIECE = 1_000;
/** Characters of a sentence that are looked at for what it quotes in part. Nobody is told more of it. */
const LOOKED_AT = 10_000;

/** Begins where a word does: looked for from every letter of a long word, it would keep everybody waiting for minutes. */
const EMAIL = /(?<![^\s@"'<>()[\]{},;:=])[^\s@"'<>()[\]{},;:=]+@[^\s@"'<>()[\]{},;:=]+\.[^\s@"'<>()[\]{},;:=]+/g;
/** What stands between quotation marks, without the dots of a text that was cut. */
const QUOTED = /["'“‘`]([^"'“”‘’`]{3,}?)(?:\.{3}|…)?["'”’`]/g;
const PHONE = /\+\d[\d ().-]{5,}\d/g;

/**
 * HubSpot's sentence without what is nobody's business: it repeats what it was sent ("Email address ada@example.com is
 * invalid"), and the sentence goes to logs and dead letters. Replaced are `words`, in any case, whatever HubSpot quotes of them in
 * part, and everything that looks like an e-mail address or a phone number.
 */
export function withoutPrivateWords(sentence: string, words: readonly string[]): string {
  const telling = words.filter((word) => word.length >= TOO_SHORT).toSorted((a, b) => b.length - a.length);
  const withoutWords = telling
    .flatMap(piecesOf)
    .reduce((said, piece) => said.replaceAll(new RegExp(literally(piece), 'gi'), '[private]'), sentence)
    .slice(0, LOOKED_AT);
  const folded = telling.map((word) => word.toLowerCase());
  const withoutParts = withoutWords.replaceAll(QUOTED, (quoted, part: string) =>
    folded.some((word) => word.includes(part.trim().toLowerCase())) ? '"[private]"' : quoted,
  );
  return withoutParts.replaceAll(EMAIL, '[e-mail]').replaceAll(PHONE, '[phone]');
}

const piecesOf = (word: string): string[] =>
  Array.from({ length: Math.ceil(word.length / PIECE) }, (_, at) => word.slice(at * PIECE, (at + 1) * PIECE)).filter(
    (piece) => piece.length >= TOO_SHORT,
  );

/** The pattern that matches exactly this word. */
const literally = (word: string) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
