import { describe, expect, test } from '@jest/globals';
import { createFiles } from '../bot/files.ts';
import { setup, setupHandoff } from '../testing/setup.ts';

type Parts = Awaited<ReturnType<typeof setup>>;

const upload = async (
  { bot }: Parts,
  conversationId: string,
  body: string | Buffer<ArrayBuffer>,
  name = 'Rechnung ä.pdf',
) => {
  const response = await fetch(`${bot.url}/chat/${conversationId}/files?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf' },
    body,
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
};

const send = async ({ bot }: Parts, conversationId: string, message: object) => {
  const response = await fetch(`${bot.url}/chat/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  return { status: response.status, text: await response.text() };
};

describe("a visitor's file", () => {
  test('goes to the agents with the words, at an address from which Parley can fetch it', async () => {
    await using parts = await setupHandoff();
    const { conversationId } = parts.visitor;
    const { status, body } = await upload(parts, conversationId, 'pages');
    expect(status).toBe(201);
    await send(parts, conversationId, { text: '', files: [body.id] });
    const { data } = await parts.parley.accepted('visitor.message');
    const [attachment] = data.attachments ?? [];
    expect(data).toEqual({ text: '', attachments: [attachment] });
    expect(attachment).toMatchObject({ name: 'Rechnung ä.pdf', contentType: 'application/pdf' });
    const served = await fetch(attachment?.url ?? '');
    expect(await served.text()).toBe('pages');
    expect(served.headers.get('content-type')).toBe('application/pdf');
    expect(served.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(parts.visitor.lines().at(-1)).toMatchObject({
      from: 'visitor',
      files: [{ name: 'Rechnung ä.pdf', url: `/files/${body.id}` }],
    });
  });

  test.each([
    ['empty', '', 422],
    ['larger than 10 MB', Buffer.alloc(10_000_001), 413],
  ])('that is %s is refused', async (_what, content, status) => {
    await using parts = await setupHandoff();
    expect((await upload(parts, parts.visitor.conversationId, content)).status).toBe(status);
  });

  test('is for agents: while the bot has the conversation, nothing is said', async () => {
    await using parts = await setup();
    const visitor = parts.bot.visitor();
    const { conversationId } = visitor;
    const { body } = await upload(parts, conversationId, 'pages');
    const before = visitor.lines().length;
    expect(await send(parts, conversationId, { text: 'look', files: [body.id] })).toMatchObject({
      status: 422,
      text: expect.stringContaining('Only our team'),
    });
    expect(visitor.lines()).toHaveLength(before);
  });

  test.each([
    ['is not here', { text: 'look', files: ['none'] }, 'choose it again'],
    ['is one of eleven', { text: 'look', files: Array.from({ length: 11 }, String) }, 'at most 10 files'],
  ])('that %s is named, and the words wait', async (_what, message, reason) => {
    await using parts = await setupHandoff();
    const answer = await send(parts, parts.visitor.conversationId, message);
    expect(answer).toMatchObject({ status: 422, text: expect.stringContaining(reason) });
    expect(parts.parley.requests).toHaveLength(1);
  });
});

test('of all files, the latest are kept', () => {
  const files = createFiles(10);
  const [first, second, third] = ['1', '2', '3'].map((name) =>
    files.keep({ name, contentType: 'text/plain', content: Buffer.alloc(5) }),
  );
  expect([first, second, third].map((file) => files.find(file?.id ?? '')?.name)).toEqual([undefined, '2', '3']);
});
