import { z } from 'zod';

const Count = z.int().min(0);

/** What a channel can do, each capability for itself; HubSpot passes over the ones it does not know. */
export const CAPABILITY = {
  deliveryIdentifierTypes: z.array(
    z.enum(['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER', 'HS_SHORT_CODE']),
  ),
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
      'TEXT_HIGHLIGHT_COLOR',
      'TEXT_COLOR',
      'UNDERLINE',
    ]),
  ),
  allowOutgoingMessages: z.boolean(),
  allowConversationStart: z.boolean(),
  allowMultipleRecipients: z.boolean(),
  allowInlineImages: z.boolean(),
  outgoingAttachmentTypes: z.array(z.enum(['FILE', 'QUICK_REPLIES'])),
  allowedFileAttachmentMimeTypes: z.array(z.string()),
  maxFileAttachmentCount: Count,
  maxFileAttachmentSizeBytes: Count,
  maxTotalFileAttachmentSizeBytes: Count,
} as const;

const Capabilities = z.object(CAPABILITY).partial();

/** Those of a channel, read. What cannot be set wrongly cannot fail here. */
export const capabilitiesOf = ({ capabilities }: { readonly capabilities: Record<string, unknown> }) =>
  Capabilities.parse(capabilities);
