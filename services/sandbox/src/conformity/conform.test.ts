import { describe, expect, test } from '@jest/globals';
import { assertConform, type SentRequest } from './conform.ts';

const ada = { name: 'Ada', deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'ada@example.com' } };

const message = {
  text: 'I need a person',
  messageDirection: 'INCOMING',
  channelAccountId: '898158620',
  integrationThreadId: '0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1',
  integrationIdempotencyId: 'event-1',
  timestamp: '2026-11-02T10:05:00.123Z',
  attachments: [],
  senders: [ada],
  recipients: [],
};

const request = (line: string, body?: unknown): SentRequest => {
  const [method = '', address = ''] = line.split(' ');
  const { pathname, search } = new URL(address, 'https://api.hubapi.com');
  return { method, path: pathname, query: search, body };
};
const PUBLISH = 'POST /conversations/custom-channels/2026-03/477835/messages';
const published = (change: Record<string, unknown>) => request(PUBLISH, { ...message, ...change });
const multipart = (...parts: string[]) =>
  `${parts.map((part) => `--b\r\nContent-Disposition: form-data; name=${part}\r\n`).join('')}--b--\r\n`;

const check = (...requests: SentRequest[]) => {
  return () => assertConform(requests);
};

describe('what HubSpot takes', () => {
  test.each([
    ['a message', request(PUBLISH, message)],
    ['a message in v3', request('POST /conversations/v3/custom-channels/477835/messages', message)],
    ['a file in a message', published({ attachments: [{ type: 'FILE', fileId: '1227' }] })],
    ['a status', request(`PATCH ${PUBLISH.slice(5)}/3ad3`, { statusType: 'FAILED', errorMessage: 'no bot' })],
    [
      'a list, with a parameter given twice',
      request('GET /conversations/v3/conversations/threads?inboxId=1&inboxId=2'),
    ],
    [
      'a comment',
      request('POST /conversations/v3/conversations/threads/1/messages', {
        type: 'COMMENT',
        text: '',
        attachments: [],
      }),
    ],
    [
      'a contact by its address',
      request('PATCH /crm/v3/objects/contacts/a%40example.com?idProperty=email', { properties: {} }),
    ],
    [
      'a form',
      request('POST /oauth/2026-03/token', 'grant_type=refresh_token&refresh_token=r&client_id=i&client_secret=s'),
    ],
    [
      'an upload',
      request(
        'POST /files/v3/files',
        multipart(
          '"file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG',
          '"options"\r\n\r\n{"access":"PRIVATE"}',
          '"folderPath"\r\n\r\n/parley',
        ),
      ),
    ],
    ["a developer's call", request('GET /conversations/custom-channels/2026-03?hapikey=k&appId=1')],
  ])('%s', (_what, sent) => {
    expect(check(sent)).not.toThrow();
  });
});

describe('what HubSpot does not take', () => {
  const { attachments: _, ...without } = message;

  test.each([
    ['a missing property', request(PUBLISH, without), 'body.attachments is missing'],
    ['an unknown property', published({ subject: 'x' }), 'body.subject is unknown'],
    [
      'an unknown property further in',
      published({ senders: [{ ...ada, senderActorId: 'V-1' }] }),
      'body.senders.0.senderActorId is unknown',
    ],
    ['null instead of absent', published({ richText: null }), 'body.richText is null and must be left out'],
    [
      'another word than those it knows',
      published({ messageDirection: 'INBOUND' }),
      'body.messageDirection: Invalid option: expected one of "INCOMING"|"OUTGOING"',
    ],
    [
      'another type',
      published({ associateWithContactId: '1401' }),
      'body.associateWithContactId: Invalid input: expected number, received string',
    ],
    [
      'an identifier that is text',
      published({ senders: [{ deliveryIdentifier: 'ada@example.com' }] }),
      'body.senders.0.deliveryIdentifier: Invalid input: expected object, received string',
    ],
    [
      'an attachment of a kind it does not know',
      published({ attachments: [{ type: 'IMAGE', fileId: '1' }] }),
      "body.attachments.0.type: Invalid discriminator value. Expected 'FILE'",
    ],
    [
      'a timestamp that is a number',
      published({ timestamp: 1_793_613_000_000 }),
      'body.timestamp: Invalid input: expected string, received number',
    ],
    ['no body', request(PUBLISH), 'the body is missing'],
    ['a body that is not JSON', request(PUBLISH, 'hello'), 'body: Invalid input: expected object, received string'],
    ['a body where none belongs', request(`GET ${PUBLISH.slice(5)}/3ad3`, {}), 'there must be no body'],
    ['an unknown path', request('POST /conversations/v3/messages', {}), 'no such operation is stated'],
    ['a method that the path does not have', request(`DELETE ${PUBLISH.slice(5)}/3ad3`), 'no such operation is stated'],
    [
      'an id in the path that is no number',
      request('GET /conversations/v3/conversations/threads/undefined'),
      'no such operation is stated',
    ],
    [
      'an unknown query parameter',
      request('GET /conversations/v3/conversations/threads/1?expand=all'),
      'query.expand is unknown',
    ],
    ['a query where none belongs', request(`${PUBLISH}?archived=true`, message), 'query.archived is unknown'],
    [
      'a query parameter of another type',
      request('GET /conversations/v3/conversations/threads?limit=many'),
      'query.limit: must be an integer',
    ],
    [
      'a query parameter twice that is no list',
      request('GET /crm/v3/objects/contacts/1?idProperty=a&idProperty=b'),
      'query.idProperty: Invalid input: expected string, received array',
    ],
    [
      'an empty change',
      request('PATCH /conversations/custom-channels/2026-03/1/channel-accounts/2', {}),
      'body: must change something',
    ],
    [
      'a form without what its grant needs',
      request('POST /oauth/2026-03/token', 'grant_type=refresh_token&client_id=i&client_secret=s'),
      'body.refresh_token is missing',
    ],
    [
      'an upload with two folders',
      request('POST /files/v3/files', { file: 'x', options: '{"access":"PRIVATE"}', folderId: '1', folderPath: '/' }),
      'body: must name its folder, once',
    ],
  ])('%s', (_what, sent, fault) => {
    expect(check(sent)).toThrow(`${sent.method} ${sent.path}: ${fault}`);
  });

  test('is told with the number of its request among all, and without what was said or signed', () => {
    const wrong = published({ text: 'my secret', richText: 17 });
    const signed = request('GET /conversations/custom-channels/2026-03?hapikey=top-secret&appId=x');
    expect(check(request(PUBLISH, message), wrong, signed)).toThrow(
      /^of 3 requests.*\n {2}request 2, .*\n {2}request 3, /,
    );
    expect(check(wrong, signed)).not.toThrow(/secret/);
  });
});
