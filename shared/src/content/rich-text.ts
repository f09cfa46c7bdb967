import { convert } from 'html-to-text';
import sanitize from 'sanitize-html';

/** Addresses that a link may lead to; what has no scheme of its own would lead into whatever page shows it. */
const SCHEMES = ['http:', 'https:', 'mailto:'];

/** Deeper nesting is nobody's writing. */
const MAX_DEPTH = 50;

const OPTIONS: sanitize.IOptions = {
  // What agents can write in HubSpot's composer. Lines of it are `div`s.
  allowedTags: ['b', 'i', 'u', 'a', 'ul', 'ol', 'li', 'blockquote', 'br', 'p', 'div'],
  allowedAttributes: { a: ['href'] },
  nestingLimit: MAX_DEPTH,
  transformTags: {
    strong: 'b',
    em: 'i',
    ins: 'u',
    a: (tagName, { href = '' }) => ({ tagName, attribs: leadsOutside(href) ? { href: href.trim() } : {} }),
  },
};

const leadsOutside = (href: string) => SCHEMES.includes(URL.parse(href)?.protocol ?? '');

/**
 * HTML that a page may show as it is: bold, italic, underlined, links (http, https, mailto), lists, quotes and lines, and of
 * attributes the `href` alone. Words of everything else stay; scripts, styles and images go with all that is in them.
 * Nothing when no words are left.
 */
export function sanitiseRichText(html: string): string | undefined {
  const clean = sanitize(html, OPTIONS).trim();
  return hasWords(clean) ? clean : undefined;
}

const hasWords = (clean: string) => /\S/.test(clean.replaceAll(/<[^>]*>|&nbsp;|\u00a0/g, ''));

/** The words of HTML, each block on lines of its own, links with their addresses. Empty when there are none. */
export const textOfRichText = (html: string): string =>
  convert(sanitiseRichText(html) ?? '', {
    wordwrap: false,
    // Beyond what sanitising leaves, so that no words are cut.
    limits: { maxDepth: MAX_DEPTH * 2, maxInputLength: Number.MAX_SAFE_INTEGER },
    selectors: [
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, linkBrackets: ['(', ')'] } },
      { selector: 'p', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    ],
  }).trim();

/** {@link sanitiseRichText} where it shows more than the plain text does: not for lines alone. */
export function formattingOf(html: string): string | undefined {
  const clean = sanitiseRichText(html);
  return clean !== undefined && /<(?:b|i|u|a href|ul|ol|blockquote)\b/.test(clean) ? clean : undefined;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '<br />' };

/** Words as they are, as HTML: a paragraph of their own. */
export const paragraphOf = (text: string): string =>
  `<p>${text.replaceAll(/[&<>"\n]/g, (character) => ESCAPES[character] ?? character)}</p>`;

/** The images of HTML that lie at an address of their own, each once. */
export function imagesOf(html: string): { url: string; name?: string }[] {
  const images = new Map<string, { url: string; name?: string }>();
  sanitize(html, {
    allowedTags: [],
    nestingLimit: MAX_DEPTH,
    transformTags: {
      img(tagName, { src = '', alt = '' }) {
        const url = src.trim();
        const { protocol } = URL.parse(url) ?? {};
        if ((protocol === 'https:' || protocol === 'http:') && !images.has(url)) {
          images.set(url, alt.trim() ? { url, name: alt.trim() } : { url });
        }
        return { tagName, attribs: {} };
      },
    },
  });
  return [...images.values()];
}
