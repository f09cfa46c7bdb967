/**
 * The kinds of files that cross, with the extension that a name of each has. Nothing that a browser would run: no HTML, no SVG,
 * no scripts.
 */
const EXTENSION_OF: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
  'text/csv': 'csv',
  'application/msword': 'doc',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/zip': 'zip',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'video/webm': 'webm',
};

const TYPE_OF = new Map([
  ...Object.entries(EXTENSION_OF).map(([type, extension]) => [extension, type] as const),
  ['jpeg', 'image/jpeg'],
]);

const ANYTHING = 'application/octet-stream';

/** Told by the name; `application/octet-stream` when that says nothing. */
export const typeByName = (name: string): string => TYPE_OF.get(extensionIn(name)) ?? ANYTHING;

/** The first of those that say anything, in the order of trust: whoever serves the file, whoever sent it, its name. */
export function typeOfFile({
  served,
  declared,
  name,
}: {
  served?: string | undefined;
  declared?: string | undefined;
  name: string;
}): string {
  const said = [served, declared?.toLowerCase()].find(
    (type) => type !== undefined && type !== ANYTHING && type !== 'binary/octet-stream',
  );
  return said ?? typeByName(name);
}

export const mayCross = (contentType: string): boolean => Object.hasOwn(EXTENSION_OF, contentType);

const MAX_NAME = 100;
/** What is longer is no extension, and is cut like the rest of a name. */
const EXTENSION = /\.[^.]{1,15}$/;

/**
 * A name of at most 100 characters, without a path, control characters or anything that means something in a header, with the
 * extension of its type.
 */
export function safeName(name: string, contentType: string): string {
  const plain = name.replaceAll(/[\p{C}\s"\\/:*?<>|%]+/gu, ' ');
  const bare = plain.replace(/^[. ]+/, '').trim() || 'file';
  const extension = EXTENSION_OF[contentType];
  const fits = extension === undefined || TYPE_OF.get(extensionIn(bare)) === contentType;
  const end = fits ? (EXTENSION.exec(bare)?.[0] ?? '') : `.${extension}`;
  const stem = fits ? bare.slice(0, bare.length - end.length) : bare;
  return `${Array.from(stem)
    .slice(0, MAX_NAME - end.length)
    .join('')}${end}`;
}

const extensionIn = (name: string) => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
