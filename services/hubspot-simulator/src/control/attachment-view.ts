import { z } from 'zod';
import { fileOf, fullName } from '../portal/file-store.ts';
import type { Portal } from '../portal/portal.ts';

export interface AttachmentView {
  readonly kind: string;
  readonly label: string;
  /** In bytes; of files only, and not of one that was deleted. */
  readonly size?: number;
  readonly href?: string;
  readonly image?: boolean;
}

const Seen = z.looseObject({
  type: z.string(),
  fileId: z.string().optional(),
  quickReplies: z.array(z.looseObject({ value: z.string(), label: z.string().optional() })).optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  name: z.string().optional(),
  contactProfile: z
    .looseObject({
      name: z.looseObject({ firstName: z.string().optional(), lastName: z.string().optional() }).optional(),
      emails: z.array(z.looseObject({ email: z.string() })),
      phones: z.array(z.looseObject({ phone: z.string() })),
    })
    .optional(),
});
type Seen = z.infer<typeof Seen>;

/** What hangs on a message, as the inbox page shows it. */
export const attachmentViews = (
  portal: Portal,
  { attachments }: { readonly attachments: readonly unknown[] },
): AttachmentView[] =>
  z
    .array(Seen)
    .parse(attachments)
    .map((attachment) => viewOf(portal, attachment));

function viewOf(portal: Portal, seen: Seen): AttachmentView {
  const { type: kind, fileId, quickReplies, contactProfile } = seen;
  if (kind === 'FILE' && fileId !== undefined) return fileView(portal, fileId);
  if (quickReplies) return { kind, label: quickReplies.map(({ label, value }) => label ?? value).join(' · ') };
  if (kind === 'LOCATION') return { kind, label: seen.name ?? `${seen.latitude}, ${seen.longitude}` };
  if (!contactProfile) return { kind, label: kind.toLowerCase().replaceAll('_', ' ') };
  const { name, emails, phones } = contactProfile;
  const known = [name?.firstName, name?.lastName, emails[0]?.email, phones[0]?.phone].filter(Boolean);
  return { kind, label: known.join(' ') || 'contact' };
}

function fileView(portal: Portal, fileId: string): AttachmentView {
  const file = fileOf(portal, fileId);
  if (!file) return { kind: 'FILE', label: 'a file that was deleted' };
  return {
    kind: 'FILE',
    label: fullName(file),
    size: file.content.length,
    href: `/control/files/${file.id}`,
    image: file.contentType.startsWith('image/') && !file.contentType.includes('svg'),
  };
}
