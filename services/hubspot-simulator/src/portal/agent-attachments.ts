import type { z } from 'zod';
import type { ContactCard, Location, QuickReplies } from '../api/messages/attachments.ts';
import { attach, filesOf, refuseFiles } from './attachments.ts';
import { capabilitiesOf } from './capabilities.ts';
import type { NewFile, StoredFile } from './file-store.ts';
import { signedAddress, storeFile } from './file-store.ts';
import type { Channel, Portal, Thread } from './portal.ts';

/** What an agent hangs on a reply: a file from the agent's own disk or one that HubSpot has, or another thing. */
export type AgentAttachment =
  | ({ readonly type: 'FILE' } & NewFile)
  | { readonly type: 'FILE'; readonly fileId: string }
  | z.infer<typeof QuickReplies>
  | z.infer<typeof Location>
  | z.infer<typeof ContactCard>;

export interface Reply {
  readonly richText?: string | undefined;
  readonly attachments?: readonly AgentAttachment[] | undefined;
}

/** Takes a file from an agent, private and for conversations, as the inbox does. */
export const takeFile = (portal: Portal, file: NewFile): StoredFile =>
  storeFile(portal, file, {
    folder: '/conversations',
    access: 'PRIVATE',
    sourceGroup: 'CONVERSATIONS',
    expiresAt: undefined,
    readsUntilReady: portal.settings.attachmentNotReadyReads,
  });

/** Takes a file for use as a picture inside of `richText`, and gives its address there. */
export const inlineAddress = (portal: Portal, file: NewFile): string =>
  signedAddress(portal, takeFile(portal, file), Date.now() + portal.settings.attachmentUrlSeconds * 1_000);

/** The attachments of a reply as its message carries them. Throws when the channel's capabilities do not let an agent send the reply. */
export function agentAttachments(portal: Portal, thread: Thread, { richText, attachments = [] }: Reply): unknown[] {
  const channel = portal.channels.get(thread.channelId);
  if (!channel) throw new Error(`there is no channel ${thread.channelId}`);
  refuseReply(channel, { richText, attachments });
  const asked = attachments.map((attachment) =>
    'content' in attachment ? { type: 'FILE', fileId: takeFile(portal, attachment).id } : attachment,
  );
  refuseFiles(channel, filesOf(portal, asked));
  return attach(portal, asked);
}

function refuseReply(channel: Channel, { richText, attachments = [] }: Reply): void {
  const { allowOutgoingMessages, allowInlineImages, outgoingAttachmentTypes = [] } = capabilitiesOf(channel);
  if (!allowOutgoingMessages)
    throw new Error(`agents cannot reply on channel ${channel.id}: allowOutgoingMessages is not true`);
  if (richText?.includes('<img') && !allowInlineImages)
    throw new Error(`agents cannot send pictures inline on channel ${channel.id}: allowInlineImages is not true`);
  for (const { type } of attachments)
    if ((type === 'FILE' || type === 'QUICK_REPLIES') && !outgoingAttachmentTypes.includes(type))
      throw new Error(`agents cannot attach ${type} on channel ${channel.id}: outgoingAttachmentTypes has it not`);
}
