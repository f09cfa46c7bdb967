import { z } from 'zod';

const File = z.strictObject({
  type: z.literal('FILE'),
  fileId: z.string().min(1),
  fileUsageType: z.enum(['AUDIO', 'IMAGE', 'OTHER', 'STICKER', 'VOICE_RECORDING']).optional(),
});

const QuickReplies = z.strictObject({
  type: z.literal('QUICK_REPLIES'),
  quickReplies: z.array(
    z.strictObject({ value: z.string(), valueType: z.enum(['TEXT', 'URL']), label: z.string().optional() }),
  ),
});

const Location = z.strictObject({
  type: z.literal('LOCATION'),
  latitude: z.number(),
  longitude: z.number(),
  name: z.string().optional(),
  address: z.string().optional(),
  url: z.string().optional(),
});

const UnsupportedContent = z.strictObject({ type: z.literal('UNSUPPORTED_CONTENT') });

/** Of what may hang on a visitor's message, the kinds that a chat has. HubSpot knows a few more. */
export const Attachments = z.array(z.discriminatedUnion('type', [File, QuickReplies, Location, UnsupportedContent]));

/** What may hang on a comment or on an agent's message. */
export const AgentAttachments = z.array(
  z.discriminatedUnion('type', [File.omit({ fileUsageType: true }), QuickReplies]),
);
