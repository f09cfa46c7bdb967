import { describe, expect, test } from '@jest/globals';
import { EventFromBot, type FromBot } from '@parley/shared/contracts/event-from-bot';
import { ChannelAccountId, ConversationId, HandoffId, PortalId } from '@parley/shared/contracts/ids';
import { NotYet, RetryableError, TerminalError } from '@parley/shared/failures';
import type { FetchedFile } from '@parley/shared/http/fetch-guarded';
import { Unfetchable } from '@parley/shared/http/unfetchable';
import type { FileToUpload } from '@parley/shared/hubspot/files';
import type { PortalPause } from '@parley/shared/hubspot/rate-budget';
import { testRedis } from '@parley/shared/testing/test-redis';
import { Redis } from 'ioredis';
import { createBringFiles } from './bring-files.ts';
import { openFileMemory } from './file-memory.ts';

const handoff = {
  account: ChannelAccountId.parse('1'),
  conversation: ConversationId.parse('c-1'),
  handoffId: HandoffId.parse('0b6f7c0e-6a57-4a10-9d5e-0b2cf1f5c0a1'),
};

function message(...attachments: object[]): FromBot<'visitor.message'> {
  const event = EventFromBot.parse({
    id: 'evt-1',
    type: 'visitor.message',
    conversationId: 'c-1',
    occurredAt: '2026-01-05T10:00:00Z',
    data: { text: 'see', attachments },
  });
  if (event.type !== 'visitor.message') throw new Error('not a message');
  return event;
}

type Answer = Error | { contentType?: string; content?: string };

/** A bot that answers for each address in turn, the last answer for ever, and a HubSpot that numbers what it is given. */
function setup(answers: Record<string, Answer[]>, refusals: Error[] = []) {
  const { url, namespace } = testRedis();
  const redis = new Redis(url);
  const fetched: string[] = [];
  const uploaded: { name: string; contentType: string; folder: string; text: string }[] = [];
  const fetchFile = async (address: string): Promise<FetchedFile> => {
    fetched.push(address);
    const queue = answers[address] ?? [];
    const answer = (queue.length > 1 ? queue.shift() : queue[0]) ?? new Error('no answer');
    if (answer instanceof Error) throw answer;
    async function* content() {
      yield Buffer.from(answer instanceof Error ? '' : (answer.content ?? 'bytes'));
    }
    return {
      contentType: answer.contentType,
      length: undefined,
      content: content(),
      [Symbol.dispose]: () => undefined,
    };
  };
  const uploadFile = async ({ content, name, contentType, folder }: FileToUpload) => {
    let text = '';
    for await (const chunk of content) text += Buffer.from(chunk).toString();
    const refusal = refusals.shift();
    if (refusal) throw refusal;
    uploaded.push({ name, contentType, folder, text });
    return `f-${uploaded.length}`;
  };
  const memory = openFileMemory({ redis, namespace });
  let clock = Date.now();
  let paused: PortalPause | undefined;
  const parts = { fetchFile, hubspot: { uploadFile }, memory, pause: async () => paused, now: () => clock };
  const bringWith = (changes: Partial<Parameters<typeof createBringFiles>[0]>, ...attachments: object[]) =>
    createBringFiles({ ...parts, ladder: [10, 20], ...changes })({ handoff, event: message(...attachments) });
  return {
    fetched,
    uploaded,
    bringWith,
    bring: (...attachments: object[]) => bringWith({}, ...attachments),
    later(ms: number) {
      clock += ms;
    },
    pauseFor(forMs: number) {
      paused = { portalId: PortalId.parse('1'), since: clock, until: clock + forMs, why: 'too many calls' };
    },
    [Symbol.dispose]: () => redis.disconnect(),
  };
}

const A = 'https://bot.example/f/a%20b.png';
const B = 'https://bot.example/b';
const later = new Unfetchable('its address answered 404', { later: true });
const never = new Unfetchable('too large, the limit is 10 MB', { later: false });
const png = { contentType: 'image/png' };

describe("a visitor's file", () => {
  test('goes to the folder of its handoff under its own name, with the type that is known of it', async () => {
    using it = setup({ [A]: [png], [B]: [{ contentType: 'application/octet-stream' }] });
    const brought = await it.bring({ url: A }, { url: B, name: 'bill', contentType: 'application/pdf' });
    expect(brought).toEqual({ fileIds: ['f-1', 'f-2'], notes: [] });
    const folder = `/Parley/${handoff.handoffId}`;
    expect(it.uploaded).toEqual([
      { name: 'a b.png', contentType: 'image/png', folder, text: 'bytes' },
      { name: 'bill.pdf', contentType: 'application/pdf', folder, text: 'bytes' },
    ]);
  });

  test('is neither fetched nor stored again by a retry of its message', async () => {
    using it = setup({ [A]: [png] });
    const first = await it.bring({ url: A });
    expect(await it.bring({ url: A })).toEqual(first);
    expect(it.fetched).toHaveLength(1);
  });

  test('that is not there yet is asked for later, on a ladder of its own, while the others are brought once', async () => {
    using it = setup({ [A]: [later, later, png], [B]: [png] });
    for (const forMs of [10, 20]) {
      const failure = await it.bring({ url: A }, { url: B }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NotYet);
      expect(failure).toMatchObject({ forMs });
      expect(String(failure)).toContain('1 of 2 files of event evt-1 cannot be had yet: its address answered 404');
    }
    expect(await it.bring({ url: A }, { url: B })).toEqual({ fileIds: ['f-2', 'f-1'], notes: [] });
    expect(it.fetched).toEqual([A, B, A, A]);
  });

  test('that never comes is given up, and the agent reads so', async () => {
    using it = setup({ [A]: [later] });
    for (let tries = 0; tries < 2; tries += 1) await expect(it.bring({ url: A })).rejects.toThrow(NotYet);
    const given = { fileIds: [], notes: ['[file a b.png could not be fetched: its address answered 404]'] };
    expect(await it.bring({ url: A })).toEqual(given);
    expect(await it.bring({ url: A })).toEqual(given);
    expect(it.fetched).toHaveLength(3);
  });

  test('that hangs at each try is given up once half a minute has passed, and not after so many tries', async () => {
    using it = setup({ [A]: [later] });
    const hangs = async () => {
      it.later(10_000);
      throw new Unfetchable('it took too long', { later: true });
    };
    const bring = () => it.bringWith({ fetchFile: hangs, ladder: [1_000, 2_000, 4_000, 8_000, 15_000] }, { url: A });
    await expect(bring()).rejects.toMatchObject({ name: 'NotYet', forMs: 1_000 });
    it.later(1_000);
    await expect(bring()).rejects.toMatchObject({ name: 'NotYet', forMs: 2_000 });
    it.later(2_000);
    expect(await bring()).toEqual({ fileIds: [], notes: ['[file a b.png could not be fetched: it took too long]'] });
  });

  test('is fetched beside the others of its message, not after them', async () => {
    using it = setup({});
    const both = Promise.withResolvers<void>();
    let asked = 0;
    const meet = async () => {
      asked += 1;
      if (asked === 2) both.resolve();
      await both.promise;
      throw never;
    };
    expect((await it.bringWith({ fetchFile: meet }, { url: A }, { url: B })).notes).toHaveLength(2);
  });

  test('that HubSpot does not confirm holds the message until the deadline of all, and the others are kept', async () => {
    using it = setup({ [A]: [png], [B]: [png] });
    const silent = {
      uploadFile: ({ name }: FileToUpload) =>
        name === 'b.png' ? Promise.resolve('f-9') : new Promise<string>(() => undefined),
    };
    const attempt = it.bringWith({ hubspot: silent, attemptMs: 50 }, { url: A }, { url: B });
    await expect(attempt).rejects.toThrow('HubSpot did not confirm an upload in time');
    expect(await it.bring({ url: A }, { url: B })).toEqual({ fileIds: ['f-1', 'f-9'], notes: [] });
    expect(it.fetched).toEqual([A, B, A]);
  });

  test('is not fetched while the portal waits, and none of its tries is spent', async () => {
    using it = setup({ [A]: [later] });
    it.pauseFor(60_000);
    for (let attempts = 0; attempts < 4; attempts += 1) {
      await expect(it.bring({ url: A })).rejects.toMatchObject({ scope: 'portal', certain: true, retryAfterMs: 5_000 });
    }
    expect(it.fetched).toEqual([]);
    it.later(60_000);
    await expect(it.bring({ url: A })).rejects.toMatchObject({ name: 'NotYet', forMs: 10 });
  });

  test('of a message whose files are known is not waited for, whatever the portal does', async () => {
    using it = setup({ [A]: [png] });
    const brought = await it.bring({ url: A });
    it.pauseFor(60_000);
    expect(await it.bring({ url: A })).toEqual(brought);
  });

  test("that fails for the portal's sake costs the message no attempt, though another failed by itself", async () => {
    using it = setup({ [A]: [png], [B]: [png] }, [
      new RetryableError('HubSpot answered 503'),
      new RetryableError('HubSpot answered 429', { scope: 'portal' }),
    ]);
    await expect(it.bring({ url: A }, { url: B })).rejects.toMatchObject({ scope: 'portal' });
  });

  test('that has no place in the rate budget costs the message no attempt, though another failed by itself', async () => {
    using it = setup({ [A]: [png], [B]: [png] }, [
      new RetryableError('HubSpot answered 503'),
      new NotYet('no place in the rate budget', 1_000),
    ]);
    await expect(it.bring({ url: A }, { url: B })).rejects.toBeInstanceOf(NotYet);
  });

  test.each<[string, Answer, string]>([
    ['too large', never, '[file bill.pdf could not be fetched: too large, the limit is 10 MB]'],
    [
      'of a type that a browser would run',
      { contentType: 'text/html' },
      '[file bill.pdf could not be fetched: files of its type are not passed on]',
    ],
  ])('%s is not tried again', async (_, answer, note) => {
    using it = setup({ [A]: [answer] });
    expect(await it.bring({ url: A, name: 'bill.pdf' })).toEqual({ fileIds: [], notes: [note] });
    expect(it.uploaded).toEqual([]);
  });

  test('that HubSpot refuses becomes a line; when HubSpot is away the whole message waits', async () => {
    using it = setup({ [A]: [png] }, [
      new RetryableError('HubSpot answered 503'),
      new TerminalError('HubSpot answered 400'),
    ]);
    await expect(it.bring({ url: A })).rejects.toThrow('HubSpot answered 503');
    expect(await it.bring({ url: A })).toEqual({
      fileIds: [],
      notes: ['[file a b.png could not be passed on: HubSpot refused it]'],
    });
  });

  test('whose content breaks off on its way is told by that, and not by the upload that broke with it', async () => {
    using it = setup({ [A]: [png] });
    const changes = {
      fetchFile: async () => ({
        contentType: 'image/png',
        length: 9,
        content: (async function* () {
          yield Buffer.from('half');
          throw never;
        })(),
        [Symbol.dispose]: () => undefined,
      }),
      hubspot: {
        async uploadFile({ content }: FileToUpload) {
          try {
            for await (const _ of content);
          } catch {
            throw new RetryableError('the request could not be made');
          }
          return 'f-1';
        },
      },
    };
    expect(await it.bringWith(changes, { url: A })).toMatchObject({
      notes: ['[file a b.png could not be fetched: too large, the limit is 10 MB]'],
    });
  });
});
