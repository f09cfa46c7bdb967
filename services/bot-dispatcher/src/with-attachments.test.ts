import { expect, test } from '@jest/globals';
import { AgentDelivery, type AgentDeliveryOf } from '@parley/shared/contracts/agent-delivery';
import { PortalId } from '@parley/shared/contracts/ids';
import { withAttachments } from './with-attachments.ts';

const parts = {
  apiUrl: 'https://api.hubapi.com',
  portal: PortalId.parse('48448169'),
  links: {
    linkTo: ({ file }: { file: object }) => ({ url: JSON.stringify(file), expiresAt: '2026-11-02T13:00:00.000Z' }),
  },
};

function message(changes: object): AgentDeliveryOf<'agent-message'> {
  const delivery = AgentDelivery.parse({
    kind: 'agent-message',
    threadId: '1',
    handoffIds: [],
    messageId: 'm-1',
    agent: { id: 'A-1' },
    text: 'see',
    sentAt: '2026-11-02T12:00:00Z',
    ...changes,
  });
  if (delivery.kind !== 'agent-message') throw new Error('not a message');
  return delivery;
}

test('words without files are as they came', () => {
  expect(withAttachments(parts, message({ richText: '<b>see</b>' }))).toEqual({ text: 'see', richText: '<b>see</b>' });
});

test('each file has a name, a type that its name tells, and a link', () => {
  const files = [{ fileId: '7', name: 'a.PDF' }, { fileId: '8' }, { url: 'https://f.hubspot.com/x/map.png?s=1' }];
  expect(withAttachments(parts, message({ files })).attachments).toMatchObject([
    { name: 'a.PDF', contentType: 'application/pdf', url: JSON.stringify(files[0]) },
    { name: 'file', contentType: 'application/octet-stream', url: JSON.stringify(files[1]) },
    { name: 'map.png', contentType: 'image/png', url: JSON.stringify(files[2]) },
  ]);
});

test('a name holds nothing that means something in a path, a page or a header', () => {
  const files = [{ fileId: '7', name: '../<b>"x".pdf' }, { url: 'https://f.hubspot.com/x/my%20map.png' }];
  const { attachments = [] } = withAttachments(parts, message({ files }));
  expect(attachments.map(({ name }) => name)).toEqual(['b x .pdf', 'my map.png']);
});

test('an image from anywhere else is named in the words and not linked', () => {
  const files = [{ url: 'https://elsewhere.example/secret-path.png' }];
  const note = '[An image at elsewhere.example cannot be shown here.]';
  expect(withAttachments(parts, message({ text: '', files }))).toEqual({ text: note });
  expect(withAttachments(parts, message({ text: 'see', richText: '<b>see</b>', files }))).toEqual({
    text: `see\n\n${note}`,
    richText: `<b>see</b><p>${note}</p>`,
  });
});
