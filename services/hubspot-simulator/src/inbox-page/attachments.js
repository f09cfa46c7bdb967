import { element } from './element.js';

/** What hangs on a message: pictures to look at, files to download, and the rest by name. */
export const attachmentElements = (attachments) =>
  attachments.length > 0 ? [element('ul', { class: 'attachments' }, ...attachments.map(itemOf))] : [];

function itemOf({ kind, label, size, href, image }) {
  if (image)
    return element(
      'li',
      {},
      element(
        'a',
        { class: 'picture', href, target: '_blank', rel: 'noreferrer' },
        element('img', { src: href, alt: label }),
      ),
      caption(label, size),
    );
  if (href) return element('li', {}, element('a', { class: 'file', href, download: label }, caption(label, size)));
  return element('li', {}, element('span', { class: 'file' }, element('b', {}, KINDS[kind] ?? kind), ` ${label}`));
}

const KINDS = { QUICK_REPLIES: 'Quick replies', LOCATION: 'Location', CONTACT: 'Contact', FILE: 'File' };

const caption = (label, size) =>
  element('span', { class: 'caption' }, element('bdi', {}, label), element('small', {}, sizeOf(size)));

export const sizeOf = (bytes) =>
  bytes < 1_000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${Math.round(bytes / 1_000)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;
