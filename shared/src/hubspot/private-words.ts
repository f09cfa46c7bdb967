/** Shorter words occur in any sentence. */
const TOO_SHORT = 3;

const EMAIL = /[^\s@"'<>()[\]{},;:=]+@[^\s@"'<>()[\]{},;:=]+\.[^\s@"'<>()[\]{},;:=]+/g;
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
  const withoutWords = telling.reduce(
    (said, word) => said.replaceAll(new RegExp(literally(word), 'gi'), '[private]'),
    sentence,
  );
  const withoutParts = withoutWords.replaceAll(QUOTED, (quoted, part: string) =>
    telling.some((word) => word.toLowerCase().includes(part.trim().toLowerCase())) ? '"[private]"' : quoted,
  );
  return withoutParts.replaceAll(EMAIL, '[e-mail]').replaceAll(PHONE, '[phone]');
}

/** The pattern that matches exactly this word. */
const literally = (word: string) => word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
