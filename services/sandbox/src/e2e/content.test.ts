import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { file, startFileStore } from './file-store.ts';
import { handOff, said, startTestSandbox } from './start.ts';

/** Sends a `visitor.message` as a bot would that knows more than the demo bot. */
async function send(
  { environment, secrets }: Sandbox,
  conversationId: string,
  data: object,
  id = randomUUID(),
): Promise<string> {
  const response = await fetch(`${environment.PUBLIC_URL}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.token}`, 'content-type': 'application/json' },
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
    expect(
      simulator
        .files()
        .map(({ access, content }) => `${access} ${content.toString()}`)
        .toSorted(),
    ).toEqual(['PRIVATE pages', 'PRIVATE pixels']);
    expect(store.asked.toSorted()).toEqual(['/bill.pdf', '/photo']);
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

/** What the bot was told with a message of the agent's. */
const told = async ({ bot }: Sandbox, messageId: string) => {
  const isIt = ({ event }: { event?: unknown }) => JSON.stringify(event ?? {}).includes(messageId);
  return Object((await bot.received.until(isIt)).event).data;
};

describe("an agent's message", () => {
  const png = { type: 'FILE' as const, name: 'map.png', contentType: 'image/png', content: Buffer.from('pixels') };

  test('brings its files and the images in its text as links that lead to them, without a login and for a time', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator, environment } = sandbox;
    const { thread } = await handOff(sandbox);
    const inline = simulator.agent.inlineImage(thread.id, { ...png, content: Buffer.from('inline') });
    const richText = `<p>See <strong>this</strong><img src="${inline}" alt="plan.png"></p><script>x()</script>`;
    const id = simulator.agent.reply(thread.id, 'See this', { richText, attachments: [png] });
    const data = await told(sandbox, id);
    expect(data).toMatchObject({ text: 'See this', richText: '<p>See <b>this</b></p>' });
    expect(data.attachments).toMatchObject([
      { name: 'map.png', contentType: 'image/png' },
      { name: 'plan.png', contentType: 'image/png' },
    ]);
    const contents = [];
    for (const { url, expiresAt } of data.attachments) {
      expect(url.startsWith(`${environment.PUBLIC_URL}/v1/files/`)).toBe(true);
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
      contents.push(await (await fetch(url)).text());
    }
    expect(contents).toEqual(['pixels', 'inline']);
  });

  test('of a file alone arrives, and its link works though the address that HubSpot gave is over', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    simulator.configure({ attachmentUrlSeconds: 1 });
    const { visitor, thread } = await handOff(sandbox);
    const id = simulator.agent.reply(thread.id, '', { attachments: [png] });
    const { text, attachments } = await told(sandbox, id);
    expect(text).toBe('');
    expect(visitor.lines()).toContainEqual(
      expect.objectContaining({ from: 'agent', files: [{ name: 'map.png', url: attachments[0].url }] }),
    );
    const [link] = attachments;
    const first = await fetch(link.url, { redirect: 'manual' });
    const second = await fetch(link.url, { redirect: 'manual' });
    expect([first.status, second.status]).toEqual([302, 302]);
    expect(await (await fetch(second.headers.get('location') ?? '')).text()).toBe('pixels');
  });

  test('with quick replies is readable, and has them for a bot that shows buttons', async () => {
    await using sandbox = await startTestSandbox();
    const { simulator } = sandbox;
    const { thread } = await handOff(sandbox);
    const quickReplies = [
      { value: 'yes', valueType: 'TEXT' as const, label: 'Yes, please' },
      { value: 'no', valueType: 'TEXT' as const },
    ];
    const id = simulator.agent.reply(thread.id, 'Shall we?', {
      attachments: [{ type: 'QUICK_REPLIES', quickReplies }],
    });
    expect(await told(sandbox, id)).toMatchObject({
      text: 'Shall we?\n\n• Yes, please\n• no',
      quickReplies: [
        { kind: 'text', value: 'yes', label: 'Yes, please' },
        { kind: 'text', value: 'no', label: 'no' },
      ],
    });
  });
});
