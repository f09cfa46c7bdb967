import { invalid } from '../api/errors.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { StoredFile } from './file-store.ts';
import { addressOf, fileOf, fullName, signedAddress } from './file-store.ts';
import type { Channel, Portal } from './portal.ts';

interface Asked {
  readonly type: string;
  readonly fileId?: string | number | undefined;
  readonly fileUsageType?: string | undefined;
}

/**
 * Attachments as a message carries them: files with name, usage and address. Throws HubSpot's refusal when one names a file that is not
 * there. The address of a private file is signed, and holds as long as the setting has it.
 */
export function attach(portal: Portal, asked: readonly Asked[]): unknown[] {
  return asked.map((attachment) => {
    if (attachment.type === 'QUICK_REPLIES') return { ...attachment, allowMultiSelect: false, allowUserInput: true };
    if (attachment.type !== 'FILE') return attachment;
    const file = requireFile(portal, attachment);
    const isPublic = file.access.includes('INDEXABLE');
    const expiresAt = Date.now() + portal.settings.attachmentUrlSeconds * 1_000;
    return {
      type: 'FILE',
      fileId: file.id,
      fileUsageType: attachment.fileUsageType ?? usageOf(file),
      name: fullName(file),
      url: isPublic ? addressOf(portal, file) : signedAddress(portal, file, expiresAt),
    };
  });
}

/** The files among them, or the refusal that names the one that is not there. */
export const filesOf = (portal: Portal, asked: readonly Asked[]): StoredFile[] =>
  asked.filter(({ type }) => type === 'FILE').map((attachment) => requireFile(portal, attachment));

function requireFile(portal: Portal, { fileId }: Asked): StoredFile {
  const file = fileOf(portal, String(fileId));
  if (!file)
    throw invalid({
      message: `File ${fileId} does not exist`,
      in: 'attachments',
      context: { fileId: [String(fileId)] },
    });
  return file;
}

/** Refuses files that the channel does not take. HubSpot's words for that are in no source. */
export function refuseFiles(channel: Channel, files: readonly StoredFile[]): void {
  const {
    allowedFileAttachmentMimeTypes: types = ['*/*'],
    maxFileAttachmentCount: most = 0,
    maxFileAttachmentSizeBytes: largest = 0,
    maxTotalFileAttachmentSizeBytes: all = 0,
  } = capabilitiesOf(channel);
  if (files.length > most)
    throw refuse(`Channel ${channel.id} takes at most ${most} files in a message, not ${files.length}`);
  for (const { id, contentType, content } of files) {
    if (!types.some((type) => matches(type, contentType)))
      throw refuse(`Channel ${channel.id} takes no files of type ${contentType} (file ${id})`);
    if (content.length > largest)
      throw refuse(`Channel ${channel.id} takes files of at most ${largest} bytes, not ${content.length} (file ${id})`);
  }
  const total = files.reduce((sum, { content }) => sum + content.length, 0);
  if (total > all) throw refuse(`Channel ${channel.id} takes at most ${all} bytes of files in a message, not ${total}`);
}

const refuse = (message: string) => invalid({ message, in: 'attachments' });

const matches = (pattern: string, contentType: string) =>
  pattern === '*/*' ||
  pattern === contentType ||
  (pattern.endsWith('/*') && contentType.startsWith(pattern.slice(0, -1)));

function usageOf({ contentType }: StoredFile): string {
  if (contentType.startsWith('image/')) return 'IMAGE';
  return contentType.startsWith('audio/') ? 'AUDIO' : 'OTHER';
}
