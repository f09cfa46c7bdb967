import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { TerminalError } from '../failures.ts';
import type { HubSpotApi } from './api.ts';
import { Refusal } from './exchange.ts';

export interface FileToUpload {
  /** With its extension, and without anything that means something in a header: HubSpot tells the type by it. */
  readonly name: string;
  readonly contentType: string;
  /** Bytes, where they are known before they come. */
  readonly length?: number | undefined;
  readonly content: AsyncIterable<Uint8Array>;
  /** A path in HubSpot's file manager, made when it is not there. */
  readonly folder: string;
}

export interface FilesClient {
  /**
   * Stores a file that nobody sees without a login or a signed link, and gives its id. The content goes as it comes, so that no
   * more than a few chunks are in memory; when it throws, the upload is broken off and fails. HubSpot is asked for the file that
   * the folder has already where the bytes are the same: a repeat makes no second one.
   * Without the scope `files` it throws a {@link TerminalError}, like `signFile`.
   */
  uploadFile(file: FileToUpload): Promise<string>;
  /** A fresh link to a private file, which works for whoever has it and for `seconds`. */
  signFile(fileId: string, options: { readonly seconds: number }): Promise<string>;
}

const ROOT = '/files/v3/files';

const OPTIONS = {
  access: 'PRIVATE',
  overwrite: false,
  duplicateValidationStrategy: 'RETURN_EXISTING',
  duplicateValidationScope: 'EXACT_FOLDER',
};

const Stored = z.object({ id: z.coerce.string().min(1) });
const Signed = z.object({ url: z.url() });

export function createFilesClient(api: HubSpotApi): FilesClient {
  return {
    async uploadFile(file) {
      const about = { what: `upload a file to ${file.folder}`, privateWords: [file.name], urgency: 'files' as const };
      return (await api.call(about, () => permitted(about, api.stream(ROOT, multipart(file), Stored)))).id;
    },
    async signFile(fileId, { seconds }) {
      const path = `${ROOT}/${encodeURIComponent(fileId)}/signed-url`;
      const qs = { expirationSeconds: String(seconds) };
      const about = { what: `sign a link to file ${fileId}`, urgency: 'files' as const };
      return (await api.call(about, () => permitted(about, api.request({ method: 'GET', path, qs }, Signed)))).url;
    },
  };
}

/** A missing scope would count as the portal's failure and pause the visitor's words, for a file. */
async function permitted<T>({ what }: { readonly what: string }, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.answer.status !== 403) throw thrown;
    throw new TerminalError(`${what}: HubSpot answered 403, the app needs the scope files`);
  }
}

/** The form of an upload, as it goes over the wire: the file last, its length told when it is known. */
function multipart({ name, contentType, length, content, folder }: FileToUpload) {
  const boundary = `parley-${randomBytes(16).toString('hex')}`;
  const field = (head: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`;
  const before = Buffer.from(
    [
      field('name="options"', JSON.stringify(OPTIONS)),
      field('name="folderPath"', folder),
      field('name="fileName"', name),
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${contentType}\r\n\r\n`,
    ].join(''),
  );
  const after = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* body() {
    yield before;
    yield* content;
    yield after;
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: length === undefined ? undefined : before.length + length + after.length,
    body: body(),
  };
}
