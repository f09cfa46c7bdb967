/** What the channel can do, as HubSpot is told: it decides what agents' composer offers, and what they can attach. */
export const CAPABILITIES = {
  deliveryIdentifierTypes: ['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER'],
  threadingModel: 'INTEGRATION_THREAD_ID',
  /** Without it agents cannot answer. */
  allowOutgoingMessages: true,
  allowInlineImages: true,
  richText: ['BOLD', 'ITALIC', 'UNDERLINE', 'HYPERLINK', 'LISTS', 'BLOCKQUOTE'],
  outgoingAttachmentTypes: ['FILE', 'QUICK_REPLIES'],
  allowedFileAttachmentMimeTypes: ['image/*', 'application/pdf'],
  maxFileAttachmentCount: 3,
  maxFileAttachmentSizeBytes: 10_000_000,
  maxTotalFileAttachmentSizeBytes: 20_000_000,
} as const;
