/** An address as people write it. What ends the sentence, or closes a bracket around the address, is not part of it. */
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?…)\]}»”’]/giu;

/** The text in pieces: its http and https addresses as links, everything else as it was written. */
export function withLinks(text) {
  const pieces = [];
  let from = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    if (!URL.canParse(address)) continue;
    pieces.push(text.slice(from, index), linkTo(address, address));
    from = index + address.length;
  }
  return [...pieces, text.slice(from)];
}

/** A link that opens elsewhere, and whose page learns nothing of this one. */
export function linkTo(url, words) {
  const link = document.createElement('a');
  link.textContent = words;
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.dir = 'auto';
  return link;
}
