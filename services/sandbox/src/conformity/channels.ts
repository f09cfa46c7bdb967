import { z } from 'zod';
import { DeliveryIdentifier, IDENTIFIER_TYPES } from './delivery-identifier.ts';
import { booleanText, integerText, json, list, numberInGuides, type Operation, paging, under } from './operation.ts';

const DATED = ['/conversations/custom-channels/2026-03', '/conversations/custom-channels/2026-09'];
const CHANNEL = under([...DATED, '/conversations/v3/custom-channels'], '/{channelId}');
const ACCOUNTS = under(CHANNEL, '/channel-accounts');
const ACCOUNT = under(ACCOUNTS, '/{channelAccountId}');
/** In v3, HubSpot states these two elsewhere than everything below a channel. */
const CHANNELS = [...DATED, '/conversations/custom-channels/v3'];

/** HubSpot's files take any key here; these are the ones that its guide explains. */
const Capabilities = z
  .strictObject({
    deliveryIdentifierTypes: z.array(z.enum(IDENTIFIER_TYPES)),
    threadingModel: z.enum(['INTEGRATION_THREAD_ID', 'DELIVERY_IDENTIFIER']),
    richText: z.array(
      z.enum([
        'BLOCKQUOTE',
        'BOLD',
        'FONT_SIZE',
        'FONT_STYLE',
        'HYPERLINK',
        'ITALIC',
        'LISTS',
        'TEXT_ALIGNMENT',
        'TEXT_COLOR',
        'TEXT_HIGHLIGHT_COLOR',
        'UNDERLINE',
      ]),
    ),
    allowOutgoingMessages: z.boolean(),
    allowConversationStart: z.boolean(),
    allowMultipleRecipients: z.boolean(),
    allowInlineImages: z.boolean(),
    outgoingAttachmentTypes: z.array(z.enum(['FILE', 'QUICK_REPLIES'])),
    allowedFileAttachmentMimeTypes: z.array(z.string()),
    maxFileAttachmentCount: z.int().min(0),
    maxFileAttachmentSizeBytes: z.int().min(0),
    maxTotalFileAttachmentSizeBytes: z.int().min(0),
  })
  .partial();

const Channel = z.strictObject({
  name: z.string().min(1),
  capabilities: Capabilities,
  webhookUrl: z.string().optional(),
  channelDescription: z.string().optional(),
  channelLogoUrl: z.string().optional(),
  channelAccountConnectionRedirectUrl: z.string().optional(),
});

/** Each of the six must be there, so null is how to say that there is none. */
const ChannelChange = z.strictObject({
  name: z.string().min(1),
  capabilities: Capabilities,
  webhookUrl: z.string(),
  channelDescription: z.string().nullable(),
  channelLogoUrl: z.string().nullable(),
  channelAccountConnectionRedirectUrl: z.string().nullable(),
});

const ChannelAccount = z.strictObject({
  inboxId: z.string(),
  name: z.string().min(1),
  authorized: z.boolean(),
  deliveryIdentifier: DeliveryIdentifier.optional(),
});

const ChannelAccountChange = z
  .strictObject({ name: z.string().min(1), authorized: z.boolean() })
  .partial()
  .refine((change) => Object.keys(change).length > 0, 'must change something: HubSpot refuses an empty update');

/** The older versions can do without either; 2026-09 cannot. */
const StagingToken = z.strictObject({ accountName: z.string().min(1), deliveryIdentifier: DeliveryIdentifier });

/** A channel belongs to an app, so it is the developer's key that opens it and not a portal's token. */
const developer = { hapikey: z.string().min(1), appId: numberInGuides };
const asDeveloper = z.strictObject(developer);

const listAccounts = z
  .strictObject({
    ...paging,
    archived: booleanText,
    defaultPageLength: integerText,
    deliveryIdentifierType: list(z.enum(IDENTIFIER_TYPES)),
    deliveryIdentifierValue: list(z.string()),
  })
  .partial();
const listChannels = z
  .strictObject({ ...paging, defaultPageLength: integerText })
  .partial()
  .extend(developer);

export const channelOperations: readonly Operation[] = [
  { name: 'list channels', method: 'GET', paths: CHANNELS, query: listChannels },
  { name: 'create a channel', method: 'POST', paths: CHANNELS, query: asDeveloper, body: json(Channel) },
  { name: 'read a channel', method: 'GET', paths: CHANNEL, query: asDeveloper },
  { name: 'change a channel', method: 'PATCH', paths: CHANNEL, query: asDeveloper, body: json(ChannelChange) },
  { name: 'archive a channel', method: 'DELETE', paths: CHANNEL, query: asDeveloper },
  { name: 'list channel accounts', method: 'GET', paths: ACCOUNTS, query: listAccounts },
  { name: 'create a channel account', method: 'POST', paths: ACCOUNTS, body: json(ChannelAccount) },
  {
    name: 'read a channel account',
    method: 'GET',
    paths: ACCOUNT,
    query: z.strictObject({ archived: booleanText }).partial(),
  },
  { name: 'change a channel account', method: 'PATCH', paths: ACCOUNT, body: json(ChannelAccountChange) },
  {
    name: 'connect a staged channel account',
    method: 'PATCH',
    paths: under(CHANNEL, '/channel-account-staging-tokens/{accountToken}'),
    body: json(StagingToken),
  },
];
