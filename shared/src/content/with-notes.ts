import { paragraphOf } from './rich-text.ts';

/** Words and, below them, a line for each thing that did not come along with them: in the text, and in its formatted form. */
export function withNotes(
  { text, richText }: { readonly text: string; readonly richText?: string | undefined },
  notes: readonly string[],
): { text: string; richText?: string } {
  const formatted = richText === undefined ? {} : { richText: richText + notes.map(paragraphOf).join('') };
  return { text: [text.trim() === '' ? '' : text, notes.join('\n')].filter(Boolean).join('\n\n'), ...formatted };
}
