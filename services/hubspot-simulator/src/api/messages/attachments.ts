import { z } from 'zod';

const File = z.strictObject({
  type: z.literal('FILE'),
  fileId: z.string().min(1),
  fileUsageType: z.enum(['AUDIO', 'IMAGE', 'OTHER', 'STICKER', 'VOICE_RECORDING']).optional(),
});

export const QuickReplies = z.strictObject({
  type: z.literal('QUICK_REPLIES'),
  quickReplies: z.array(
    z.strictObject({ value: z.string(), valueType: z.enum(['TEXT', 'URL']), label: z.string().optional() }),
  ),
});

export const Location = z.strictObject({
  type: z.literal('LOCATION'),
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
  url: z.string().optional(),
});

const At = z.enum(['HOME', 'WORK']).optional();
const Texts = <Name extends string>(...names: readonly Name[]) => z.partialRecord(z.enum(names), z.string());

export const ContactCard = z.strictObject({
  type: z.literal('CONTACT'),
  contactProfile: z.strictObject({
    addresses: z.array(
      z.strictObject({
        type: At,
        street: z.string().optional(),
        city: z.string().optional(),
        state: z.string().optional(),
        zip: z.string().optional(),
        country: z.string().optional(),
        countryCode: z.string().optional(),
      }),
    ),
    emails: z.array(z.strictObject({ email: z.string(), type: At })),
    phones: z.array(z.strictObject({ phone: z.string(), type: z.enum(['CELL', 'HOME', 'MAIN', 'WORK']).optional() })),
    urls: z.array(z.strictObject({ url: z.string(), type: At })),
    name: Texts('firstName', 'middleName', 'lastName', 'prefix', 'suffix').optional(),
    org: Texts('company', 'department', 'title').optional(),
  }),
});

const MessageHeader = z.strictObject({
  type: z.literal('MESSAGE_HEADER'),
  text: z.string().optional(),
  fileId: z.int().optional(),
});

const MEDIA = ['ARTICLE', 'AUDIO', 'CAROUSEL', 'DOCUMENT', 'GIF', 'LINK', 'NONE', 'PHOTO', 'POLL', 'STORY', 'VIDEO'];
const SocialMetadata = z.strictObject({
  type: z.literal('SOCIAL_MEDIA_METADATA'),
  socialMetadata: z.strictObject({
    mediaType: z.enum(MEDIA),
    id: z.string().optional(),
    mediaTitle: z.string().optional(),
    description: z.string().optional(),
    mediaUrl: z.string().optional(),
    mediaUrlString: z.string().optional(),
    thumbnailUrl: z.string().optional(),
  }),
});

const UnsupportedContent = z.strictObject({ type: z.literal('UNSUPPORTED_CONTENT') });

/** What may hang on a visitor's message. */
export const Attachments = z.array(
  z.discriminatedUnion('type', [
    File,
    QuickReplies,
    Location,
    ContactCard,
    MessageHeader,
    SocialMetadata,
    UnsupportedContent,
  ]),
);

/** What may hang on a comment or on an agent's message that an app sends. */
export const AgentAttachments = z.array(
  z.discriminatedUnion('type', [File.omit({ fileUsageType: true }), QuickReplies]),
);
