import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Portal } from './portal.ts';

export type FileAccess =
  | 'PRIVATE'
  | 'PUBLIC_INDEXABLE'
  | 'PUBLIC_NOT_INDEXABLE'
  | 'HIDDEN_PRIVATE'
  | 'HIDDEN_INDEXABLE'
  | 'HIDDEN_NOT_INDEXABLE'
  | 'HIDDEN_SENSITIVE'
  | 'SENSITIVE';

export interface StoredFile {
  readonly id: string;
  /** Without its extension. */
  readonly name: string;
  /** Without the dot; empty when there is none. */
  readonly extension: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly md5: string;
  readonly folder: string;
  readonly access: FileAccess;
  readonly sourceGroup: 'CONTENT' | 'CONVERSATIONS';
  readonly createdAt: string;
  /** Milliseconds since the epoch; undefined is "kept until deleted". */
  readonly expiresAt: number | undefined;
  /** How many more reads are told that there is no such file, because it is still being processed. */
  readsUntilReady: number;
}

export interface NewFile {
  /** `photo.png` */
  readonly name: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

type Placed = Pick<StoredFile, 'folder' | 'access' | 'sourceGroup' | 'expiresAt' | 'readsUntilReady'>;

/** Keeps a file, and gives it its id. */
export function storeFile(portal: Portal, { name, contentType, content }: NewFile, placed: Placed): StoredFile {
  const dot = name.lastIndexOf('.');
  const file: StoredFile = {
    ...placed,
    id: portal.ids.file(),
    name: dot > 0 ? name.slice(0, dot) : name,
    extension: dot > 0 ? name.slice(dot + 1) : '',
    contentType,
    content: Buffer.from(content),
    md5: md5Of(content),
    createdAt: new Date().toISOString(),
  };
  portal.files.set(file.id, file);
  portal.changes.emit();
  return file;
}

export const md5Of = (content: Uint8Array): string => createHash('md5').update(content).digest('hex');

/** The file, unless its time is over. */
export function fileOf(portal: Portal, id: string): StoredFile | undefined {
  const file = portal.files.get(id);
  return file && (file.expiresAt ?? Number.POSITIVE_INFINITY) > Date.now() ? file : undefined;
}

/** False for each of the reads that come too early. */
export function isReady(file: StoredFile): boolean {
  if (file.readsUntilReady === 0) return true;
  file.readsUntilReady -= 1;
  return false;
}

export const fullName = ({ name, extension }: StoredFile): string => (extension ? `${name}.${extension}` : name);

/** The plain address of a file, which only a public one answers at. */
export const addressOf = (portal: Portal, file: StoredFile): string =>
  `${portal.fileHost.url}/hubfs/${portal.id}/${file.id}/${encodeURIComponent(fullName(file))}`;

/** An address that anyone can read the file at until `expiresAt`, in milliseconds since the epoch. */
export function signedAddress(portal: Portal, file: StoredFile, expiresAt: number): string {
  const signature = signatureOf(portal, file.id, String(expiresAt)).toString('hex');
  return `${addressOf(portal, file)}?expires=${expiresAt}&signature=${signature}`;
}

/** Whether the query of an address was signed here for this file and still holds. */
export function isSigned(portal: Portal, file: StoredFile, query: URLSearchParams): boolean {
  const expires = query.get('expires') ?? '';
  const given = Buffer.from(query.get('signature') ?? '', 'hex');
  const right = signatureOf(portal, file.id, expires);
  return given.length === right.length && timingSafeEqual(given, right) && Number(expires) > Date.now();
}

const signatureOf = (portal: Portal, fileId: string, expires: string): Buffer =>
  createHmac('sha256', portal.fileHost.key).update(`${portal.id}/${fileId}/${expires}`).digest();
