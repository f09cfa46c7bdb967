import { describe, expect, test } from '@jest/globals';
import { oneThread } from '../../testing/one-thread.ts';
import { ACCOUNT, CHANNEL } from '../../testing/setup.ts';

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
