import type { OutgoingMessageCreated } from './webhook-payloads.ts';

/**
 * What the visitor reads of an agent's message. Files and rich content do not travel: a sentence says so, because the agent
 * believes them sent. Nothing when the message is empty.
 */
export function agentText({ text, richText, attachments }: OutgoingMessageCreated['message']): string | undefined {
  const files = attachments.filter(({ type }) => type === 'FILE').length;
  if (files > 0) {
    const notice = `[The agent sent ${files === 1 ? '1 file' : `${files} files`}, which cannot be shown here.]`;
    return text.trim() === '' ? notice : `${text}\n\n${notice}`;
  }
  if (text.trim() !== '') return text;
  const anything = richText !== undefined || attachments.length > 0;
  return anything ? '[The agent sent something that cannot be shown here.]' : undefined;
}
