import type { AgentAttachment, AgentAttachmentOf } from './agent-attachments.ts';

/** What the visitor reads of an attachment that a chat has no place for. Nothing for a file, which travels as one. */
export function attachmentText(attachment: AgentAttachment): string | undefined {
  switch (attachment.type) {
    case 'FILE':
      return attachment.fileId || attachment.url ? undefined : '[The agent sent a file, which cannot be shown here.]';
    case 'QUICK_REPLIES':
      return attachment.quickReplies.map(quickReplyText).join('\n') || undefined;
    case 'LOCATION':
      return locationText(attachment);
    case 'CONTACT':
      return contactText(attachment);
    case 'UNKNOWN':
      return '[The agent sent something that cannot be shown here.]';
  }
}

function quickReplyText({ label, value, valueType }: AgentAttachmentOf<'QUICK_REPLIES'>['quickReplies'][number]) {
  if (valueType === 'TEXT') return `• ${label ?? value}`;
  return label === undefined || label === value ? `• ${value}` : `• ${label}: ${value}`;
}

const locationText = ({ name, address, latitude, longitude, url }: AgentAttachmentOf<'LOCATION'>) =>
  `Location: ${[name, address, `${latitude}, ${longitude}`, url].filter(Boolean).join(' · ')}`;

function contactText({ contactProfile: { name, org, phones, emails, urls } }: AgentAttachmentOf<'CONTACT'>) {
  const fullName = [name.prefix, name.firstName, name.middleName, name.lastName, name.suffix].filter(Boolean).join(' ');
  const reachedBy = [
    ...phones.map(({ phone }) => phone),
    ...emails.map(({ email }) => email),
    ...urls.map(({ url }) => url),
  ];
  const parts = [fullName, org.title, org.company, ...reachedBy].filter(Boolean);
  return parts.length > 0 ? `Contact: ${parts.join(' · ')}` : undefined;
}
