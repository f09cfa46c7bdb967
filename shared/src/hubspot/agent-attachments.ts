import { z } from 'zod';

const words = z.string().trim().min(1).optional().catch(undefined);

/** A list of which what cannot be read is left out. */
const listOf = <Item extends z.ZodType>(schema: Item) =>
  z
    .array(z.unknown())
    .catch([])
    .transform((items) =>
      items.flatMap((item): z.output<Item>[] => ((read) => (read.success ? [read.data] : []))(schema.safeParse(item))),
    );

const File = z.object({
  type: z.literal('FILE'),
  fileId: z
    .union([z.string().regex(/^\d+$/), z.int().positive().transform(String)])
    .optional()
    .catch(undefined),
  url: z.url().optional().catch(undefined),
  name: words,
  fileUsageType: words,
});

const QuickReplies = z.object({
  type: z.literal('QUICK_REPLIES'),
  quickReplies: listOf(
    z.object({ value: z.string().min(1), valueType: z.enum(['TEXT', 'URL']).catch('TEXT'), label: words }),
  ),
});

const Location = z.object({
  type: z.literal('LOCATION'),
  latitude: z.number(),
  longitude: z.number(),
  name: words,
  address: words,
  url: words,
});

const Contact = z.object({
  type: z.literal('CONTACT'),
  contactProfile: z.object({
    name: z.object({ prefix: words, firstName: words, middleName: words, lastName: words, suffix: words }).catch({}),
    org: z.object({ company: words, title: words }).catch({}),
    phones: listOf(z.object({ phone: z.string().min(1) })),
    emails: listOf(z.object({ email: z.string().min(1) })),
    urls: listOf(z.object({ url: z.string().min(1) })),
  }),
});

/** What may hang on an agent's message, of the kinds that a chat has a use for. */
const Known = z.discriminatedUnion('type', [File, QuickReplies, Location, Contact]);

/** An attachment that is none of those, or that lacks what makes it one. */
export interface UnknownAttachment {
  readonly type: 'UNKNOWN';
}

/** Of the list on a message. Nothing in it makes the message unreadable. */
export const AgentAttachments = z
  .array(z.unknown())
  .catch([])
  .transform((items) =>
    items.map((item): z.output<typeof Known> | UnknownAttachment => Known.safeParse(item).data ?? { type: 'UNKNOWN' }),
  );

export type AgentAttachment = z.output<typeof AgentAttachments>[number];
export type AgentAttachmentOf<Type extends AgentAttachment['type']> = Extract<AgentAttachment, { type: Type }>;
