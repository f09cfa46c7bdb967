import { mayCross, safeName, typeOfFile } from '@parley/shared/content/file-types';
import type { Attachment, FromBot } from '@parley/shared/contracts/event-from-bot';
import type { HandoffEntry } from '@parley/shared/conversations/handoff-index';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { FetchGuarded } from '@parley/shared/http/fetch-guarded';
import { Unfetchable } from '@parley/shared/http/unfetchable';
import type { FilesClient } from '@parley/shared/hubspot/files';
import type { FileEnd, FileKey, FileMemory } from './file-memory.ts';

export interface Brought {
  readonly fileIds: readonly string[];
  /** A line for the agent for each file that can never be had. */
  readonly notes: readonly string[];
}

/**
 * Brings the files of one message from the bot to HubSpot, each once: what a retry finds done is not fetched again. Throws a
 * RetryableError while a file may still come, after the other files were tried; its tries are counted by themselves, so that a
 * file that never comes holds the words back for half a minute and not for all attempts of the message.
 */
export type BringFiles = (request: { handoff: HandoffEntry; event: FromBot<'visitor.message'> }) => Promise<Brought>;

/** Milliseconds before the second try of a file, the third, and so on: bots announce files that are still being stored or scanned. */
const FILE_LADDER = [1_000, 2_000, 4_000, 8_000, 15_000] as const;

interface Parts {
  readonly fetchFile: FetchGuarded;
  readonly hubspot: Pick<FilesClient, 'uploadFile'>;
  readonly memory: FileMemory;
  readonly ladder?: readonly number[];
}

type Tried = FileEnd | { readonly againInMs: number; readonly why: string };

export const createBringFiles =
  (parts: Parts): BringFiles =>
  async ({ handoff, event }) => {
    const { attachments = [] } = event.data;
    const tried: (Tried & { readonly name: string })[] = [];
    for (const [index, attachment] of attachments.entries()) {
      const key: FileKey = `${handoff.account}/${event.id}/${index}`;
      const end = await tryOnce(parts, { key, attachment, folder: `/Parley/${handoff.handoffId}` });
      tried.push({ ...end, name: nameOf(attachment) });
    }
    const waiting = tried.flatMap((end) => ('againInMs' in end ? [end] : []));
    if (waiting.length > 0) {
      const reasons = [...new Set(waiting.map(({ why }) => why))].join(', ');
      throw new RetryableError(
        `${waiting.length} of ${tried.length} files of event ${event.id} cannot be had yet: ${reasons}`,
        {
          certain: true,
          retryAfterMs: Math.max(...waiting.map(({ againInMs }) => againInMs)),
        },
      );
    }
    return {
      fileIds: tried.flatMap((end) => ('fileId' in end ? [end.fileId] : [])),
      notes: tried.flatMap((end) => ('lost' in end ? [`[file ${end.name} could not be ${end.lost}]`] : [])),
    };
  };

interface File {
  readonly key: FileKey;
  readonly attachment: Attachment;
  readonly folder: string;
}

async function tryOnce(parts: Parts, file: File): Promise<Tried> {
  const { memory, ladder = FILE_LADDER } = parts;
  const known = await memory.recall(file.key);
  if (known) return known;
  const end = await carry(parts, file).catch(async (error: unknown): Promise<Tried> => {
    if (error instanceof TerminalError) return { lost: 'passed on: HubSpot refused it' };
    if (!(error instanceof Unfetchable)) throw error;
    const againInMs = error.later ? ladder[(await memory.countTry(file.key)) - 1] : undefined;
    return againInMs === undefined ? { lost: `fetched: ${error.message}` } : { againInMs, why: error.message };
  });
  if (!('againInMs' in end)) await memory.remember(file.key, end);
  return end;
}

/** From the bot to HubSpot, chunk by chunk. */
async function carry({ fetchFile, hubspot }: Parts, { attachment, folder }: File): Promise<FileEnd> {
  using fetched = await fetchFile(attachment.url);
  const name = nameOf(attachment);
  const contentType = typeOfFile({ served: fetched.contentType, declared: attachment.contentType, name });
  if (!mayCross(contentType)) throw new Unfetchable('files of its type are not passed on', { later: false });
  const source = watched(fetched.content);
  try {
    const { length } = fetched;
    return {
      fileId: await hubspot.uploadFile({
        name: safeName(name, contentType),
        contentType,
        length,
        folder,
        content: source.content,
      }),
    };
  } catch (error) {
    // A source that breaks off breaks the upload, which then knows nothing of why.
    throw source.failure() ?? error;
  }
}

function watched(content: AsyncIterable<Uint8Array>) {
  let failure: unknown;
  async function* through() {
    try {
      yield* content;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { content: through(), failure: () => failure };
}

/** As the bot has it, else as the address ends. */
function nameOf({ name, url }: Attachment): string {
  const last = URL.parse(url)?.pathname.split('/').findLast(Boolean) ?? '';
  return safeName(name ?? decoded(last), '');
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
