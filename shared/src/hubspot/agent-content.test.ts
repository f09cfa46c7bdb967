import { describe, expect, test } from '@jest/globals';
import { agentContent } from './agent-content.ts';
import { OutgoingMessageCreated } from './webhook-payloads.ts';

const read = (message: object) =>
  agentContent(
    OutgoingMessageCreated.shape.message.parse({
      id: 'm-1',
      channelAccountId: '1',
      conversationsThreadId: '2',
      text: '',
      ...message,
    }),
  );

const FILE = { type: 'FILE', fileId: '1227', url: 'https://f.hubspotusercontent.net/a.png', name: 'a.png' };
const CANNOT = '[The agent sent something that cannot be shown here.]';

describe('the words of an agent', () => {
  test.each<[object, object]>([
    [{ text: ' as written ', richText: '<div>as written</div>' }, { text: ' as written ' }],
    [{ text: '', richText: '<p>Hi&nbsp;Ada</p><p>a &lt; b</p>' }, { text: 'Hi\u00a0Ada\na < b' }],
    [
      { text: 'bold', richText: '<div><strong onclick="x()">bold</strong><script>x()</script></div>' },
      { text: 'bold', richText: '<div><b>bold</b></div>' },
    ],
    [
      { richText: '<ul><li>one</li><li><a href="https://x.example/y">two</a></li></ul>' },
      {
        text: '* one\n * two (https://x.example/y)',
        richText: '<ul><li>one</li><li><a href="https://x.example/y">two</a></li></ul>',
      },
    ],
    [
      { text: 'long', truncationStatus: 'TRUNCATED' },
      {
        text: 'long\n\n[HubSpot shortened this message, and the rest of it could not be had.]',
        truncated: { attachments: [] },
      },
    ],
    [{ text: 'a', truncationStatus: 'TRUNCATED_TO_MOST_RECENT_REPLY' }, { text: 'a' }],
    [{ text: 'plain', richText: `<b>${'x'.repeat(100_000)}</b>` }, { text: 'plain' }],
  ])('%# are read', (message, content) => {
    expect(read(message)).toEqual(content);
  });

  test('are nothing when there is nothing, and a line when there is nothing to show', () => {
    expect(read({})).toBeUndefined();
    expect(read({ text: '\n ', richText: null, attachments: null })).toBeUndefined();
    expect(read({ richText: '<video></video>' })).toEqual({ text: CANNOT });
  });
});

describe('what hangs on the words', () => {
  test.each<[string, object, object]>([
    ['a file', { attachments: [FILE] }, { text: '', files: [{ fileId: '1227', name: 'a.png' }] }],
    [
      'a file whose id is a number',
      { attachments: [{ ...FILE, fileId: 7, name: null }] },
      { text: '', files: [{ fileId: '7' }] },
    ],
    [
      'a file without an id',
      { text: 'see', attachments: [{ ...FILE, fileId: null }] },
      { text: 'see', files: [{ url: FILE.url, name: 'a.png' }] },
    ],
    [
      'a file that HubSpot does not name at all',
      { text: 'see', attachments: [{ type: 'FILE' }] },
      { text: 'see\n\n[The agent sent a file, which cannot be shown here.]' },
    ],
    [
      'a file whose address is none, whose message goes on without it',
      { text: 'see', attachments: [{ ...FILE, fileId: null, url: 'a.png' }] },
      { text: 'see\n\n[The agent sent a file, which cannot be shown here.]' },
    ],
    [
      'images within the text, each once',
      {
        richText: `see<img src="${FILE.url}"><img src="https://x.hubspot.com/b" alt="Map"><img src="https://x.hubspot.com/b">`,
        attachments: [FILE],
      },
      {
        text: 'see',
        files: [
          { fileId: '1227', name: 'a.png' },
          { url: 'https://x.hubspot.com/b', name: 'Map' },
        ],
      },
    ],
    [
      'quick replies',
      {
        text: 'Which?',
        attachments: [
          {
            type: 'QUICK_REPLIES',
            quickReplies: [
              { value: 'yes', valueType: 'TEXT', label: 'Yes, please' },
              { value: 'https://x.example', valueType: 'URL', label: 'Our page' },
              { valueType: 'TEXT' },
            ],
          },
        ],
      },
      {
        text: 'Which?\n\n• Yes, please\n• Our page: https://x.example',
        quickReplies: [
          { kind: 'text', value: 'yes', label: 'Yes, please' },
          { kind: 'url', value: 'https://x.example', label: 'Our page' },
        ],
      },
    ],
    [
      'a place',
      { attachments: [{ type: 'LOCATION', latitude: 52.5, longitude: 13.4, name: 'Shop', address: null }] },
      { text: 'Location: Shop · 52.5, 13.4' },
    ],
    [
      'a contact card',
      {
        attachments: [
          {
            type: 'CONTACT',
            contactProfile: {
              name: { firstName: 'Ada', lastName: 'Lovelace' },
              org: { title: 'Countess' },
              phones: [{ phone: '+15005550006', type: 'CELL' }],
              emails: [{ email: 'ada@example.com' }],
              urls: [],
              addresses: [],
            },
          },
        ],
      },
      { text: 'Contact: Ada Lovelace · Countess · +15005550006 · ada@example.com' },
    ],
    ['anything else', { attachments: [{ type: 'SOCIAL_MEDIA_METADATA' }, 7] }, { text: `${CANNOT}\n${CANNOT}` }],
  ])('%s', (_, message, content) => {
    expect(read(message)).toEqual(content);
  });

  test('is in the formatted text too, as words and never as HTML', () => {
    const attachments = [{ type: 'LOCATION', latitude: 1, longitude: 2, name: '<img src=x onerror=x()>' }];
    expect(read({ text: 'a', richText: '<b>a</b>', attachments })?.richText).toBe(
      '<b>a</b><p>Location: &lt;img src=x onerror=x()&gt; · 1, 2</p>',
    );
  });
});
