import { describe, expect, test } from '@jest/globals';
import { TerminalError } from '@parley/shared/failures';
import { delivered } from '@parley/shared/queues/outcome';
import { startBench } from '../testing/bench.ts';
import type { Browser } from '../testing/browser.ts';

/** Where the forms of the first letter on the page are posted to. */
async function formsOf(browser: Browser) {
  const { text } = await browser.get('/dead-letters?queue=visitor-messages');
  const [replay = '', discard = ''] = ['replay', 'discard'].map(
    (action) => new RegExp(`action="(/dead-letters/[^"]+/${action}[^"]*)"`).exec(text)?.[1],
  );
  return { replay, discard };
}

async function whereItLeads(browser: Browser, path: string, form: Record<string, string> = {}): Promise<string> {
  const answer = await browser.post(path, form);
  expect(answer.status).toBe(303);
  return (await browser.get(answer.headers.get('location') ?? '')).text;
}

/** A bench with the first message of a conversation dead and two later ones delivered. */
async function startWithOneDead(text = 'hello') {
  const bench = await startBench();
  const consumer = bench.consume(async (_message, { eventId }) => {
    if (eventId === 'talk-1') throw new TerminalError('HubSpot refused it: 400');
    return delivered;
  });
  await bench.accept('talk', [text, 'second', 'third']);
  await bench.buried(1);
  await bench.until(async () => (await bench.queue.lanes.survey('0', 10)).lanes.length === 0, 'the lane is empty');
  await consumer[Symbol.asyncDispose]();
  return bench;
}

describe('replay', () => {
  test('puts the message back before what waits, and says what was delivered meanwhile', async () => {
    await using bench = await startWithOneDead();
    await bench.accept('talk', ['fourth'], { first: 4 });
    const browser = await bench.signIn();
    const page = await whereItLeads(browser, (await formsOf(browser)).replay);
    expect(page).toContain('Back in its lane. 2 later messages of this conversation were delivered meanwhile.');

    const seen: string[] = [];
    bench.consume(async (_message, { eventId }) => {
      seen.push(eventId);
      return delivered;
    });
    await bench.until(() => seen.length === 2, 'both are delivered');
    expect(seen).toEqual(['talk-1', 'talk-4']);
  });

  test('of a letter that is gone says so', async () => {
    await using bench = await startWithOneDead();
    const browser = await bench.signIn();
    const { replay } = await formsOf(browser);
    await whereItLeads(browser, replay);
    expect(await whereItLeads(browser, replay)).toContain('It was gone already');
  });

  test('is refused to a form of another origin', async () => {
    await using bench = await startWithOneDead();
    const browser = await bench.signIn();
    const answer = await browser.post((await formsOf(browser)).replay, {}, { origin: 'http://evil.example' });
    expect(answer.status).toBe(403);
    expect(await bench.queue.letters.getWaitingCount()).toBe(1);
  });
});

describe('discard', () => {
  test.each([{}, { reason: '' }, { reason: '   ' }, { reason: 'x'.repeat(301) }])(
    'needs a reason: %p',
    async (form) => {
      await using bench = await startWithOneDead();
      const browser = await bench.signIn();
      const answer = await browser.post((await formsOf(browser)).discard, form);
      expect(answer.status).toBe(422);
      expect(answer.text).toMatch(/role="alert">(Say why|At most 300)/);
      expect(await bench.queue.letters.getWaitingCount()).toBe(1);
    },
  );

  test('forgets the message and logs who, which and why, but not a word of it', async () => {
    await using bench = await startWithOneDead('my secret illness');
    const browser = await bench.signIn();
    const { discard } = await formsOf(browser);
    expect(await whereItLeads(browser, discard, { reason: 'a test of ours' })).toContain('Discarded for good.');
    expect(await bench.queue.letters.getWaitingCount()).toBe(0);

    const lines = bench.lines.map((line) => JSON.parse(line)).filter(({ action }) => action === 'discard');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      operator: 'operator',
      queue: 'visitor-messages',
      eventId: 'talk-1',
      reason: 'a test of ours',
      outcome: 'discarded',
    });
    expect(bench.lines.join('')).not.toContain('illness');
  });
});

test('HTML in a message is shown as the text that it is', async () => {
  await using bench = await startWithOneDead('</pre><script>alert("hi")</script>');
  const { text } = await (await bench.signIn()).get('/dead-letters');
  expect(text).toContain('&lt;/pre&gt;&lt;script&gt;alert(&quot;hi&quot;)&lt;/script&gt;');
  expect(text).not.toContain('<script');
});

test('the newest dead letter is first, and the pages go back in time', async () => {
  await using bench = await startBench();
  bench.consume(async () => {
    throw new TerminalError('refused');
  });
  const texts = Array.from({ length: 23 }, (_, number) => `text ${number}`);
  await bench.accept('talk', texts);
  await bench.buried(23);
  const browser = await bench.signIn();
  const listed = async (page: number) => {
    const { text } = await browser.get(`/dead-letters?queue=visitor-messages&page=${page}`);
    return [...text.matchAll(/<blockquote[^>]*>(text \d+)</g)].map(([, words]) => words);
  };
  const newestFirst = texts.toReversed();
  expect(await listed(1)).toEqual(newestFirst.slice(0, 20));
  expect(await listed(2)).toEqual(newestFirst.slice(20));
  expect(await listed(9)).toEqual(newestFirst.slice(20));
});

test.each(['wait', 'meta', 'id', '0', 'dead-0123456789abcdef-1:lock'])(
  'what BullMQ keeps beside the dead letters is none of them: %s',
  async (name) => {
    await using bench = await startWithOneDead();
    const browser = await bench.signIn();
    for (const action of ['replay', 'discard'])
      expect((await browser.post(`/dead-letters/visitor-messages/${name}/${action}`, { reason: 'x' })).status).toBe(
        404,
      );
    expect(await bench.queue.letters.getWaitingCount()).toBe(1);
  },
);

test('an address that names two queues shows the first that has dead letters', async () => {
  await using bench = await startWithOneDead();
  const answer = await (await bench.signIn()).get('/dead-letters?queue=agent-messages&queue=comments');
  expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('HubSpot refused it')]);
});

test('an unknown queue is not found', async () => {
  await using bench = await startBench();
  expect((await (await bench.signIn()).get('/dead-letters?queue=nonsense')).status).toBe(404);
});
