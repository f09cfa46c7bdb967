import { mayCross, safeName, typeOfFile } from '@parley/shared/content/file-types';
import type { Attachment } from '@parley/shared/contracts/event-from-bot';
import { RetryableError } from '@parley/shared/failures';
import type { FetchGuarded } from '@parley/shared/http/fetch-guarded';
import { Unfetchable } from '@parley/shared/http/unfetchable';
import type { FilesClient } from '@parley/shared/hubspot/files';

export interface CarryParts {
  /** Ends before the deadline by itself, so that a file which is slow to come is told from a HubSpot that is slow to answer. */
  readonly fetchFile: FetchGuarded;
  readonly hubspot: Pick<FilesClient, 'uploadFile'>;
}

export interface FileToCarry {
  readonly name: string;
  readonly attachment: Attachment;
  readonly folder: string;
}

/**
 * Takes a file from the bot to HubSpot, chunk by chunk, and gives its id there. Throws {@link Unfetchable} for what the bot's side
 * does, else what `uploadFile` throws; an upload that is not confirmed at the deadline is given up, and may have been stored.
 */
export async function carryFile(
  { fetchFile, hubspot }: CarryParts,
  { attachment, folder, name }: FileToCarry,
  deadline: AbortSignal,
): Promise<{ readonly fileId: string }> {
  using fetched = await fetchFile(attachment.url);
  const contentType = typeOfFile({ served: fetched.contentType, declared: attachment.contentType, name });
  if (!mayCross(contentType)) throw new Unfetchable('files of its type are not passed on', { later: false });
  const source = watched(fetched.content);
  const upload = hubspot.uploadFile({
    name: safeName(name, contentType),
    contentType,
    length: fetched.length,
    folder,
    content: source.content,
  });
  try {
    return { fileId: await Promise.race([upload, passed(deadline)]) };
  } catch (error) {
    // A source that breaks off breaks the upload, which then knows nothing of why.
    throw source.failure() ?? error;
  }
}

function passed(deadline: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const tooLate = () => reject(new RetryableError('HubSpot did not confirm an upload in time'));
  if (deadline.aborted) tooLate();
  else deadline.addEventListener('abort', tooLate, { once: true });
  return promise;
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
