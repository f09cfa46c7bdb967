import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, CHANNEL, incoming, MESSAGES, setup, THREADS } from '../../testing/setup.ts';

/** A simulator with one thread, and the path of it. */
async function oneThread() {
  const it = await setup();
  const { body: message } = await it.publish();
  const threadId: string = message.conversationsThreadId;
  return { ...it, message, threadId, path: `${THREADS}/${threadId}`, [Symbol.asyncDispose]: it[Symbol.asyncDispose] };
}

describe('which thread a message goes to', () => {
  test('a known UUID finds its thread again, and another one opens another', async () => {
    await using it = await oneThread();
    expect((await it.publish()).body.conversationsThreadId).toBe(it.threadId);
    const { body } = await it.publish({ integrationThreadId: 'b0f4f1f4-3a63-4f58-8b59-9a5d7c1f6f02' });
    expect(body.conversationsThreadId).not.toBe(it.threadId);
  });

  test.each([
    ['no integration thread id', undefined],
    ['a numeric one', '12345'],
    ['one that is no UUID', 'conversation-1'],
  ])('%s opens a new thread each time', async (_what, integrationThreadId) => {
    await using it = await setup();
    await it.publish({ integrationThreadId });
    await it.publish({ integrationThreadId });
    expect(it.hubspot.threads()).toHaveLength(2);
  });

  test('a message to a closed thread opens it again, or opens a new one, as the setting has it', async () => {
    await using it = await oneThread();
    it.hubspot.agent.close(it.threadId);
    expect((await it.publish()).body.conversationsThreadId).toBe(it.threadId);
    expect((await it.call('GET', it.path)).body).toMatchObject({ status: 'OPEN' });

    it.hubspot.configure({ closedThread: 'new-thread' });
    it.hubspot.agent.close(it.threadId);
    const { body: elsewhere } = await it.publish();
    expect(elsewhere.conversationsThreadId).not.toBe(it.threadId);
    expect((await it.publish()).body.conversationsThreadId).toBe(elsewhere.conversationsThreadId);
    expect((await it.call('GET', it.path)).body).toMatchObject({ status: 'CLOSED' });
  });

  test('with threading by delivery identifier the sender decides, whatever the integration thread id', async () => {
    await using it = await setup({ settings: { threadingModel: 'DELIVERY_IDENTIFIER' } });
    await it.publish();
    await it.publish({ integrationThreadId: undefined });
    const senders = [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'bob@example.com' } }];
    await it.publish({ senders });
    expect(it.hubspot.threads().map(({ messages }) => messages.length)).toEqual([2, 1]);
    expect(it.hubspot.threads()[0]?.integrationThreadId).not.toBe(incoming().integrationThreadId);
  });
});

describe('a thread', () => {
  test('is read with its times, its visitor and its agent', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi');
    const { status, body } = await it.call('GET', it.path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: it.threadId,
      status: 'OPEN',
      originalChannelId: CHANNEL,
      originalChannelAccountId: ACCOUNT,
      inboxId: '481939',
      spam: false,
      archived: false,
      assignedTo: 'A-2620022',
      latestMessageReceivedTimestamp: '2026-11-02T10:05:00.123Z',
    });
    expect(`V-${body.associatedContactId}`).toBe(it.message.createdBy);
    expect((await it.call('GET', `${THREADS}/1`)).status).toBe(404);
  });

  test('is closed by PATCH, in both path families, and nothing else can be set', async () => {
    await using it = await oneThread();
    const closed = await it.call('PATCH', `/conversations/conversations/2026-09/threads/${it.threadId}`, {
      status: 'CLOSED',
    });
    expect(closed).toMatchObject({ status: 200, body: { status: 'CLOSED', closedAt: expect.any(String) } });
    for (const body of [{}, { status: 'ARCHIVED' }, { status: 'OPEN', subject: 'x' }])
      expect((await it.call('PATCH', it.path, body)).status).toBe(400);
  });

  test('lists messages, comments, assignments and changes of status, newest first unless asked', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi');
    it.hubspot.agent.comment(it.threadId, 'looks angry');
    it.hubspot.agent.close(it.threadId);
    const oldestFirst = ['MESSAGE', 'ASSIGNMENT', 'MESSAGE', 'COMMENT', 'THREAD_STATUS_CHANGE'];
    const typesOf = async (query: string) =>
      (await it.call('GET', `${it.path}/messages${query}`)).body.results.map(({ type }: { type: string }) => type);
    expect(await typesOf('?sort=createdAt')).toEqual(oldestFirst);
    expect(await typesOf('')).toEqual(oldestFirst.toReversed());
    expect((await it.call('GET', `${it.path}/messages?sort=text`)).status).toBe(400);
  });

  test('gives its messages page by page, none twice though new ones arrive', async () => {
    await using it = await oneThread();
    for (let minute = 10; minute < 14; minute++)
      await it.publish({ text: `at ${minute}`, timestamp: `2026-11-02T10:${minute}:00.000Z` });
    const first = await it.call('GET', `${it.path}/messages?limit=2`);
    await it.publish({ text: 'new', timestamp: '2026-11-02T10:59:00.000Z' });
    const after = first.body.paging.next.after;
    const second = await it.call('GET', `${it.path}/messages?limit=100&after=${after}`);
    const texts = [...first.body.results, ...second.body.results].map(({ text }) => text);
    expect(texts).toEqual(['at 13', 'at 12', 'at 11', 'at 10', 'I need a human']);
    expect(second.body).not.toHaveProperty('paging');
    expect((await it.call('GET', `${it.path}/messages?limit=501`)).status).toBe(400);
  });
});

const message = (senderActorId: string, actorId?: string) => ({
  type: 'MESSAGE',
  text: 'Hello',
  senderActorId,
  channelId: CHANNEL,
  channelAccountId: ACCOUNT,
  attachments: [],
  recipients: [{ actorId, deliveryIdentifiers: [{ type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' }] }],
});

describe('writing to a thread', () => {
  test('a comment is stored as the words of the app, and must carry attachments', async () => {
    await using it = await oneThread();
    const comment = { type: 'COMMENT', text: 'Visitor: hello\nBot: hi <there>' };
    expect((await it.call('POST', `${it.path}/messages`, comment)).body.errors).toMatchObject([{ in: 'attachments' }]);
    const answer = await it.call('POST', `${it.path}/messages`, { ...comment, attachments: [] });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        type: 'COMMENT',
        createdBy: 'I-123456',
        client: { clientType: 'INTEGRATION', integrationAppId: 123456 },
        text: comment.text,
        richText: '<div>Visitor: hello<br>Bot: hi &lt;there&gt;</div>',
      },
    });
  });

  test('a visitor cannot send there, which is why there are custom channels', async () => {
    await using it = await oneThread();
    const { status, body } = await it.call('POST', `${it.path}/messages`, message('V-1401', 'A-2620022'));
    expect(status).toBe(400);
    expect(body).toEqual({
      status: 'error',
      message: 'Multiple errors validating request.',
      category: 'VALIDATION_ERROR',
      errors: [
        {
          message: 'Actor type VISITOR is not supported for sending',
          subCategory: 'ConversationsApiError.UNSUPPORTED_ACTOR_TYPE',
        },
        { message: 'Invalid actorId type', subCategory: 'ConversationsApiError.INVALID_ARGUMENT_TYPE' },
        {
          message: 'Actor type AGENT is not supported for receiving',
          subCategory: 'ConversationsApiError.UNSUPPORTED_ACTOR_TYPE',
        },
      ],
      correlationId: expect.any(String),
    });
  });

  test.each([
    ['S-hubspot', 'Actor type SYSTEM is not supported for sending'],
    ['I-123456', 'Actor type INTEGRATOR is not supported for sending'],
  ])('neither can %s', async (actor, expected) => {
    await using it = await oneThread();
    const { body } = await it.call('POST', `${it.path}/messages`, message(actor));
    expect(body.errors[0].message).toBe(expected);
  });

  test('an agent whom the account does not have cannot either', async () => {
    await using it = await oneThread();
    expect(await it.call('POST', `${it.path}/messages`, message('A-853019126'))).toMatchObject({
      status: 400,
      body: {
        message: 'Sender actor A-853019126 not found',
        context: { actorId: ['A-853019126'] },
        subCategory: 'ConversationsApiError.SENDER_AGENT_NOT_FOUND',
      },
    });
  });
});

describe('a delivery report', () => {
  test.each([['SENT'], ['READ']])('%s becomes the status of an agent message', async (statusType) => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    const answer = await it.call('PATCH', `${MESSAGES}/${id}`, { statusType });
    expect(answer).toMatchObject({ status: 200, body: { id, status: { statusType }, updatedAt: expect.any(String) } });
  });

  test('FAILED keeps its reason', async () => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    const report = { statusType: 'FAILED', errorMessage: 'The visitor has left' };
    expect((await it.call('PATCH', `${MESSAGES}/${id}`, report)).body.status).toEqual({
      statusType: 'FAILED',
      failureDetails: { errorMessage: 'The visitor has left', errorMessageTokens: {} },
    });
  });

  test('is refused for another status, another field, a visitor message and an unknown one', async () => {
    await using it = await oneThread();
    const id = it.hubspot.agent.reply(it.threadId, 'Hi');
    for (const body of [{ statusType: 'RECEIVED' }, {}, { statusType: 'SENT', text: 'x' }])
      expect((await it.call('PATCH', `${MESSAGES}/${id}`, body)).status).toBe(400);
    expect((await it.call('PATCH', `${MESSAGES}/${it.message.id}`, { statusType: 'READ' })).status).toBe(400);
    expect((await it.call('PATCH', `${MESSAGES}/nothing`, { statusType: 'READ' })).status).toBe(404);
  });
});

describe('inboxes and actors', () => {
  test('the inbox that the channel is connected to is listed', async () => {
    await using it = await setup();
    const { body } = await it.call('GET', '/conversations/v3/conversations/inboxes');
    expect(body).toMatchObject({ total: 1, results: [{ id: '481939', type: 'INBOX' }] });
    expect((await it.call('GET', '/conversations/v3/conversations/inboxes/481939')).body).toEqual(body.results[0]);
  });

  test('agents, visitors, the app and the system can be asked for by actor id', async () => {
    await using it = await oneThread();
    it.hubspot.agent.reply(it.threadId, 'Hi', { agent: 'Leslie K' });
    const actors = '/conversations/v3/conversations/actors';
    expect((await it.call('GET', `${actors}/A-2620022`)).body).toEqual({
      type: 'AGENT',
      id: 'A-2620022',
      name: 'Leslie K',
    });
    expect((await it.call('GET', `${actors}/A-1`)).status).toBe(404);
    const inputs = [it.message.createdBy, 'I-123456', 'S-hubspot'];
    const all = await it.call('POST', `${actors}/batch/read`, { inputs });
    expect(all.status).toBe(200);
    expect(all.body.results.map(({ type }: { type: string }) => type)).toEqual(['VISITOR', 'INTEGRATOR', 'SYSTEM']);
    const some = await it.call('POST', `${actors}/batch/read`, { inputs: ['A-1', 'S-hubspot'] });
    expect(some).toMatchObject({ status: 207, body: { numErrors: 1, results: [{ id: 'S-hubspot' }] } });
  });
});
