import { agentWebhook, closedEvent } from '@parley/ingress/testing/hubspot';
import { nameOfFile } from '@parley/shared/content/file-name';
import { formattingOf, imagesOf, sanitiseRichText, textOfRichText } from '@parley/shared/content/rich-text';
import { splitText } from '@parley/shared/content/split-text';
import { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import { createFileLinks } from '@parley/shared/file-links/file-links';
import { html, markupOf } from '@parley/shared/http/html';
import { retryAfterMs } from '@parley/shared/http/retry-after';
import { agentDeliveryOf } from '@parley/shared/hubspot/agent-delivery-of';
import { isHubSpotUrl } from '@parley/shared/hubspot/hubspot-hosts';
import { withoutPrivateWords } from '@parley/shared/hubspot/private-words';
import { verifySignature } from '@parley/shared/hubspot/signature';
import { threadEventsOf } from '@parley/shared/hubspot/thread-events-of';

/** Something of ours that reads text from outside, with the longest that it may be given, in characters. */
export interface Subject {
  readonly name: string;
  readonly longest: number;
  readonly read: (text: string) => unknown;
}

const BODY = 1_048_576;
const WORDS = 100_000;
const HEADER = 16_384;

const event = (type: string, data: object, envelope: object = {}) =>
  EventFromBot.safeParse({ id: 'a', type, conversationId: 'a', occurredAt: '2026-11-02T10:07:00Z', data, ...envelope });

const links = createFileLinks({ publicUrl: 'https://parley.example', secret: 'a secret' });

const signature = {
  method: 'POST',
  url: '',
  rawBody: Buffer.alloc(0),
  clientSecret: 'a',
  accepted: ['v3', 'v2', 'v1'],
  nowMs: 0,
} as const;

export const SUBJECTS: readonly Subject[] = [
  { name: 'event: id', longest: BODY, read: (id) => event('conversation.ended', {}, { id }) },
  { name: 'event: type', longest: BODY, read: (type) => event(type, {}) },
  { name: 'event: occurredAt', longest: BODY, read: (occurredAt) => event('conversation.ended', {}, { occurredAt }) },
  { name: 'event: text', longest: BODY, read: (text) => event('visitor.message', { text }) },
  { name: 'event: email', longest: BODY, read: (email) => event('visitor.identified', { visitor: { email } }) },
  { name: 'event: phone', longest: BODY, read: (phone) => event('visitor.identified', { visitor: { phone } }) },
  { name: 'event: name', longest: BODY, read: (name) => event('visitor.identified', { visitor: { name } }) },
  { name: 'event: url', longest: BODY, read: (url) => event('visitor.message', { text: '', attachments: [{ url }] }) },
  {
    name: 'event: contentType',
    longest: BODY,
    read: (contentType) =>
      event('visitor.message', { text: '', attachments: [{ url: 'https://a.example', contentType }] }),
  },
  { name: 'webhook: text', longest: BODY, read: (text) => agentDeliveryOf(agentWebhook({ text })) },
  { name: 'webhook: richText', longest: BODY, read: (richText) => agentDeliveryOf(agentWebhook({ richText })) },
  {
    name: 'webhook: ids',
    longest: BODY,
    read: (id) =>
      agentDeliveryOf(agentWebhook({ id, createdAt: id, channelAccountId: id }, { channelIntegrationThreadIds: [id] })),
  },
  {
    name: 'webhook: attachment',
    longest: BODY,
    read: (url) => agentDeliveryOf(agentWebhook({ attachments: [{ type: 'FILE', fileId: url, url, name: url }] })),
  },
  {
    name: 'thread event',
    longest: BODY,
    read: (text) => threadEventsOf([closedEvent({ objectId: text, occurredAt: text, propertyValue: text })]),
  },
  { name: 'rich text: clean', longest: WORDS, read: sanitiseRichText },
  { name: 'rich text: words', longest: WORDS, read: textOfRichText },
  { name: 'rich text: formatting', longest: WORDS, read: formattingOf },
  { name: 'rich text: images', longest: WORDS, read: imagesOf },
  { name: 'split text', longest: WORDS, read: (text) => splitText(text, 5_000) },
  { name: 'file name', longest: WORDS, read: (name) => nameOfFile({ name }) },
  { name: 'file address', longest: 4_000, read: (url) => nameOfFile({ url }) },
  { name: "HubSpot's sentence", longest: WORDS, read: (sentence) => withoutPrivateWords(sentence, ['Ada Lovelace']) },
  {
    name: "HubSpot's sentence, quoting",
    longest: WORDS,
    read: (sentence) => withoutPrivateWords(sentence, [sentence.slice(1)]),
  },
  {
    name: "HubSpot's host",
    longest: WORDS,
    read: (host) => isHubSpotUrl(`https://${host}/`, { apiUrl: 'https://api.hubapi.com' }),
  },
  { name: 'Retry-After', longest: HEADER, read: (header) => retryAfterMs(header, 1_000) },
  {
    name: 'signature',
    longest: HEADER,
    read: (text) =>
      verifySignature({
        ...signature,
        url: text,
        headers: { 'x-hubspot-signature-v3': text, 'x-hubspot-request-timestamp': '0' },
      }),
  },
  {
    name: 'timestamp',
    longest: HEADER,
    read: (text) =>
      verifySignature({
        ...signature,
        headers: { 'x-hubspot-signature-v3': 'a', 'x-hubspot-request-timestamp': text },
      }),
  },
  { name: 'file link', longest: HEADER, read: (token) => links.read(token) },
  { name: 'HTML of ours', longest: WORDS, read: (text) => markupOf(html`<p title="${text}">${text}</p>`) },
];
