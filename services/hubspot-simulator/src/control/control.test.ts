import { describe, expect, test } from '@jest/globals';
import { PNG } from '../testing/files.ts';
import type { Answered } from '../testing/setup.ts';
import { setup, startReceiver } from '../testing/setup.ts';

/** A simulator with one thread, and a caller of its control API. */
async function oneThread() {
  const it = await setup();
  const { body } = await it.publish({ text: 'Hello\nthere' });
  const post = async (path: string, given: unknown = {}, headers: Record<string, string> = {}) => {
    const response = await fetch(`${it.hubspot.url}/control${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(given),
    });
    return { status: response.status, body: await response.json() };
  };
  const get = async (path: string): Promise<Answered['body']> =>
    (await fetch(`${it.hubspot.url}/control${path}`)).json();
  const threadId: string = body.conversationsThreadId;
  return { ...it, post, get, threadId, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}

describe('the control API', () => {
  test('lets an agent answer, comment, assign, close and reopen, as in process', async () => {
    await using it = await oneThread();
    const path = `/threads/${it.threadId}`;
    const reply = await it.post(`${path}/reply`, { text: 'Hi', agent: 'Grace H' });
    expect(reply).toMatchObject({ status: 200, body: { id: expect.any(String) } });
    await it.post(`${path}/comment`, { text: 'a note' });
    await it.post(`${path}/assign`, { agent: 'Leslie K' });
    await it.post(`${path}/close`);
    expect((await it.get('/state')).threads).toMatchObject([
      {
        id: it.threadId,
        name: 'Ada',
        status: 'CLOSED',
        waiting: false,
        assignedTo: 'Leslie K',
        messages: [
          { kind: 'visitor', name: 'Ada', text: 'Hello\nthere' },
          { kind: 'system', text: 'Assigned to Grace H' },
          { kind: 'agent', name: 'Grace H', text: 'Hi', status: 'SENT', reported: false },
          { kind: 'comment', text: 'a note' },
          { kind: 'system', text: 'Assigned to Leslie K' },
          { kind: 'system', text: 'Leslie K closed the conversation' },
        ],
      },
    ]);
    await it.post(`${path}/reopen`);
    expect(it.hubspot.thread(it.threadId).status).toBe('OPEN');
  });

  test('takes files for a reply, and shows what is attached', async () => {
    await using it = await oneThread();
    const file = { type: 'FILE', name: 'dot.png', contentType: 'image/png', base64: PNG.toString('base64') };
    expect((await it.post(`/threads/${it.threadId}/reply`, { text: '', attachments: [file] })).status).toBe(200);
    const [{ messages }] = (await it.get('/state')).threads;
    const [attachment] = messages.at(-1).attachments;
    expect(attachment).toMatchObject({ kind: 'FILE', label: 'dot.png', size: PNG.length, image: true });
    const shown = await fetch(it.hubspot.url + attachment.href);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  });

  test('arms and clears faults and the trouble with webhooks', async () => {
    await using it = await oneThread();
    await it.post('/faults', { kind: 'answer', status: 429, times: 2 });
    await it.post('/webhooks/trouble', { kind: 'late' });
    await it.post('/down');
    expect(await it.get('/state')).toMatchObject({
      down: true,
      faults: [{ status: 429, times: 2, operation: 'any' }, { status: 503 }],
      trouble: [{ kind: 'late', target: 'any' }],
    });
    expect((await it.publish()).status).toBe(429);
    await it.post('/faults/clear');
    expect(await it.get('/state')).toMatchObject({ down: false, faults: [], trouble: [] });
    expect((await it.publish()).status).toBe(201);
  });

  test('changes settings and the addresses of webhooks while it runs', async () => {
    await using bridge = await startReceiver();
    await using it = await oneThread();
    await it.post('/connect', bridge.addresses);
    await it.post('/settings', { channelSignatures: [] });
    await it.post(`/threads/${it.threadId}/reply`, { text: 'Hi' });
    await it.hubspot.until(() => bridge.at('/channel')[0]);
    expect(bridge.at('/channel')[0]?.headers).not.toHaveProperty('x-hubspot-signature-v3');
    expect((await it.get('/deliveries')).at(-1)).toHaveProperty('target');
    expect((await it.get('/requests'))[0]).toMatchObject({ operation: 'publish', status: 201 });
  });

  test('refuses what it does not understand, and says why', async () => {
    await using it = await oneThread();
    for (const [path, given, why] of [
      ['/faults', { kind: 'explode' }, 'kind'],
      ['/settings', { closedThread: 'burn' }, 'closedThread'],
      ['/threads/1/reply', { text: 'Hi' }, 'there is no thread 1'],
      [`/threads/${it.threadId}/reply`, { text: '  ' }, 'text'],
    ] as const)
      expect(await it.post(path, given)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining(why) },
      });
  });

  test('takes nothing from the page of another site', async () => {
    await using it = await oneThread();
    expect((await it.post('/down', {}, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await it.post('/down', {}, { 'content-type': 'text/plain' })).status).toBe(403);
    expect(it.hubspot.faults.isDown()).toBe(false);
  });
});

describe('the inbox page', () => {
  test('is served with a policy that runs and loads nothing but its own files', async () => {
    await using it = await setup();
    const page = await fetch(it.hubspot.inboxUrl);
    expect(await page.text()).toContain('HubSpot simulator');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect((await fetch(new URL('inbox.js', it.hubspot.inboxUrl))).headers.get('content-type')).toContain('javascript');
  });

  test('hears of what changes', async () => {
    await using it = await oneThread();
    const leave = new AbortController();
    const { body } = await fetch(`${it.hubspot.url}/control/stream`, { signal: leave.signal });
    if (!body) throw new Error('no stream');
    let heard = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      if (heard === '') it.hubspot.agent.reply(it.threadId, 'Hi from the agent');
      heard += chunk;
      if (heard.includes('Hi from the agent')) break;
    }
    leave.abort();
    expect(heard).toMatch(/^data: \{/);
  });
});
