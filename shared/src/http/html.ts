/** Held by what this file made and by nothing that came as JSON, so that stored words can never pass for markup. */
const MARKUP = Symbol('markup');

export interface Html {
  readonly [MARKUP]: string;
}

export type Part = string | number | Html | readonly Html[] | undefined | false;

/** Builds markup; every interpolated string is escaped, for element content and quoted attributes. */
export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  [MARKUP]: literals.reduce((before, literal, at) => before + render(parts[at - 1]) + literal),
});

export const markupOf = (piece: Html): string => piece[MARKUP];

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return MARKUP in part ? part[MARKUP] : part.map(markupOf).join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
