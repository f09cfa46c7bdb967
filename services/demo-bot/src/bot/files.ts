import { randomUUID } from 'node:crypto';

export interface VisitorFile {
  readonly name: string;
  /** As the browser says. */
  readonly contentType: string;
  readonly content: Buffer;
}

export interface KeptFile extends VisitorFile {
  /** Whoever knows it may read the file. */
  readonly id: string;
  /** Where this bot serves it, from its own address. */
  readonly path: string;
}

export interface Files {
  keep(file: VisitorFile): KeptFile;
  find(id: string): KeptFile | undefined;
}

export const FILES_ROUTE = '/files';

/** Of all visitors together. */
const MOST_BYTES = 200_000_000;

/** Visitors' files in memory, the latest of them. A bot in production keeps them where it keeps its conversations. */
export function createFiles(mostBytes = MOST_BYTES): Files {
  const byId = new Map<string, KeptFile>();
  let bytes = 0;
  return {
    find: (id) => byId.get(id),
    keep(file) {
      const id = randomUUID();
      const kept = { ...file, id, path: `${FILES_ROUTE}/${id}` };
      byId.set(id, kept);
      bytes += file.content.length;
      for (const [oldest, { content }] of byId) {
        if (bytes <= mostBytes) break;
        byId.delete(oldest);
        bytes -= content.length;
      }
      return kept;
    },
  };
}
