import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { file, startFileStore } from './file-store.ts';
import { handOff, said, startTestSandbox } from './start.ts';

/** Sends a `visitor.message` as a bot would that knows more than the demo bot. */
async function send(
  { environment }: Sandbox,
  conversationId: string,
  data: object,
  id = randomUUID(),
): Promise<string> {
  const response = await fetch(`${environment.PUBLIC_URL}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${environment.BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ id, type: 'visitor.message', conversationId, occurredAt: new Date().toISOString(), data }),
  });
  expect(response.status).toBe(202);
  return id;
}

describe('words that HubSpot could find too long', () => {
  const text = Array.from({ length: 60 }, (_, index) => `${index} ${'word '.repeat(79)}`)
    .join('')
    .trim();

  test('stand in the thread whole, in order, in several messages with rising times', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await send(sandbox, visitor.conversationId, { text });
    await send(sandbox, visitor.conversationId, { text: 'after' });
    await simulator.until(() => said(thread).includes('after'));
    const parts = said(thread).slice(1, -1);
    expect(parts).toHaveLength(3);
    expect(parts.join(' ')).toBe(text);
    const times = thread.messages.flatMap(({ type, createdAt }) => (type === 'MESSAGE' ? [Date.parse(createdAt)] : []));
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
  });

  test('stand there once, though HubSpot stored a part before the connection broke', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.loseAnswer({ operation: 'publish' });
    await send(sandbox, visitor.conversationId, { text });
    await simulator.until(() => said(thread).length === 4);
    await sandbox.settled();
    expect(said(thread).slice(1).join(' ')).toBe(text);
  });
});

describe('formatted words', () => {
  test("of a visitor's reach the agent without what could run", async () => {
    await using sandbox = await startTestSandbox();
    const { visitor, thread } = await handOff(sandbox);
    await send(sandbox, visitor.conversationId, {
      text: 'bold',
      richText: '<b onclick="x()">bold</b><script>x()</script>',
    });
    await sandbox.simulator.until(() => said(thread).includes('bold'));
    expect(thread.messages).toContainEqual(expect.objectContaining({ text: 'bold', richText: '<b>bold</b>' }));
  });
});

describe("a visitor's files", () => {
  test('stand in the thread with the words, stored once and for nobody without a login', async () => {
    await using sandbox = await startTestSandbox();
    await using store = await startFileStore({
      '/photo': file('image/png', 'pixels'),
      '/bill.pdf': file('application/pdf', 'pages'),
    });
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const attachments = [{ url: `${store.url}/photo`, name: 'Foto 👋' }, { url: `${store.url}/bill.pdf` }];
    simulator.faults.loseAnswer({ operation: 'publish' });
    await send(sandbox, visitor.conversationId, { text: 'look', attachments });
    await send(sandbox, visitor.conversationId, { text: 'after' });
    await simulator.until(() => said(thread).includes('after'));

    expect(said(thread).slice(1)).toEqual(['look', 'after']);
    expect(thread.messages).toContainEqual(
      expect.objectContaining({
        text: 'look',
        attachments: [
          expect.objectContaining({ type: 'FILE', name: 'Foto 👋.png' }),
          expect.objectContaining({ type: 'FILE', name: 'bill.pdf' }),
        ],
      }),
    );
    expect(simulator.files().map(({ access, content }) => [access, content.toString()])).toEqual([
      ['PRIVATE', 'pixels'],
      ['PRIVATE', 'pages'],
    ]);
    expect(store.asked).toEqual(['/photo', '/bill.pdf']);
  });

  test('are one in HubSpot, though it stored the file before the connection broke', async () => {
    await using sandbox = await startTestSandbox();
    await using store = await startFileStore({ '/photo.png': file('image/png', 'pixels') });
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    simulator.faults.loseAnswer({ operation: 'file' });
    await send(sandbox, visitor.conversationId, { text: '', attachments: [{ url: `${store.url}/photo.png` }] });
    await simulator.until(() => said(thread).length === 2);
    expect(said(thread)[1]).toBe('');
    expect(simulator.files()).toHaveLength(1);
  });

  test('that are not there yet hold their place, and those that never come leave a line', async () => {
    await using sandbox = await startTestSandbox();
    let reads = 0;
    await using store = await startFileStore({
      '/scanned.png': (request, response) => {
        reads += 1;
        if (reads === 1) response.writeHead(404).end();
        else file('image/png', 'pixels')(request, response);
      },
      '/big.png': (_request, response) => void response.writeHead(200, { 'content-length': 10_000_001 }).end(),
      '/page.html': file('text/html', '<script>x()</script>'),
    });
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    const attachments = ['scanned.png', 'big.png', 'page.html'].map((name) => ({ url: `${store.url}/${name}` }));
    attachments.push({ url: 'http://169.254.169.254/latest/meta-data/' }, { url: 'http://[::1]:6379/' });
    await send(sandbox, visitor.conversationId, { text: 'see', richText: '<b>see</b>', attachments });
    await send(sandbox, visitor.conversationId, { text: 'after' });
    await simulator.until(() => said(thread).includes('after'));
    const notes = [
      '[file big.png could not be fetched: too large, the limit is 10 MB]',
      '[file page.html could not be fetched: files of its type are not passed on]',
      '[file meta-data could not be fetched: its address is not on the public internet]',
      '[file file could not be fetched: its address is not on the public internet]',
    ];
    expect(said(thread).slice(1)).toEqual([['see', '', ...notes].join('\n'), 'after']);
    expect(simulator.files()).toHaveLength(1);
    expect((await sandbox.letters.visitorMessages.list()).total).toBe(0);
  });

  test('that HubSpot does not take in a message leave the words in the thread', async () => {
    await using sandbox = await startTestSandbox();
    await using store = await startFileStore({ '/film.mp4': file('video/mp4', 'frames') });
    const { simulator } = sandbox;
    const { visitor, thread } = await handOff(sandbox);
    await send(sandbox, visitor.conversationId, { text: 'see', attachments: [{ url: `${store.url}/film.mp4` }] });
    await simulator.until(() => said(thread).length === 2);
    expect(said(thread)[1]).toBe('see\n\n[a file could not be passed on: HubSpot refused the message with it]');
  });
});
