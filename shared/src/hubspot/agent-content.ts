import { formattingOf, imagesOf, textOfRichText } from '../content/rich-text.ts';
import { withNotes } from '../content/with-notes.ts';
import type { AgentDeliveryOf, AgentFile } from '../contracts/agent-delivery.ts';
import { attachmentText } from './attachment-text.ts';
import type { OutgoingMessageCreated } from './webhook-payloads.ts';

export type AgentContent = Pick<
  AgentDeliveryOf<'agent-message'>,
  'text' | 'richText' | 'quickReplies' | 'files' | 'truncated'
>;

type Said = Pick<OutgoingMessageCreated['message'], 'text' | 'richText' | 'attachments' | 'truncationStatus'>;

/**
 * Characters of HTML, as many as a bot may send. The time for it grows with the square of its tags: so many take half a second at
 * worst, in which nobody else is served. Of more, the plain text goes alone.
 */
const MAX_RICH_TEXT = 100_000;

const MAX_FILES = 20;

/**
 * What the visitor gets of an agent's message. The text holds a line for whatever a chat has no place for, because the agent
 * believes it sent. Nothing when the message is empty.
 */
export function agentContent(message: Said): AgentContent | undefined {
  const { attachments } = message;
  // What HubSpot cuts down to the latest reply, the older words that an e-mail quotes, is nothing that the agent says.
  const isCut = message.truncationStatus === 'TRUNCATED';
  const html = (message.richText ?? '').length > MAX_RICH_TEXT ? '' : (message.richText ?? '');
  const files = filesOf(message, html);
  const words = message.text.trim() === '' ? textOfRichText(html) : message.text;
  const notes = [
    ...(isCut ? ['[HubSpot shortened this message, and the rest of it could not be had.]'] : []),
    ...attachments.flatMap((attachment) => attachmentText(attachment) ?? []),
  ];
  const said = words !== '' || notes.length > 0 || files.length > 0;
  if (!said && message.richText === undefined) return undefined;
  const lines = said ? notes : ['[The agent sent something that cannot be shown here.]'];
  const quickReplies = attachments.flatMap((attachment) =>
    attachment.type === 'QUICK_REPLIES'
      ? attachment.quickReplies.map(({ value, valueType, label }) => ({
          kind: valueType === 'URL' ? ('url' as const) : ('text' as const),
          value,
          label: label ?? value,
        }))
      : [],
  );
  return {
    ...withNotes({ text: words, richText: formattingOf(html) }, lines),
    ...(quickReplies.length > 0 ? { quickReplies } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(isCut ? { truncated: { attachments } } : {}),
  };
}

/** Attached files, and the images within the rich text, each once. HubSpot does not say whether it lists those twice. */
function filesOf({ attachments }: Said, html: string): AgentFile[] {
  const attached = attachments.flatMap((attachment): AgentFile[] => {
    if (attachment.type !== 'FILE') return [];
    const { fileId, url, name } = attachment;
    const named = name === undefined ? {} : { name };
    if (fileId !== undefined) return [{ fileId, ...named }];
    return url === undefined ? [] : [{ url, ...named }];
  });
  const listed = new Set(
    attachments.flatMap((attachment) => (attachment.type === 'FILE' ? (attachment.url ?? []) : [])),
  );
  const inline = imagesOf(html).filter(({ url }) => !listed.has(url));
  return [...attached, ...inline].slice(0, MAX_FILES);
}
