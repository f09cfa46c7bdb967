import { describe, expect, test } from '@jest/globals';
import { startReadyBench } from './testing/bench.ts';
import { agentWebhook, HANDOFF } from './testing/hubspot.ts';
import { problemOf } from './testing/problem.ts';

describe("an agent's words", () => {
  test('are answered 200 and stand in the lane of the conversation that was handed off', async () => {
    await using bench = await startReadyBench();
    await bench.handOff('conversation-1');
    const response = await bench.sendWebhook('channel', agentWebhook());
    expect([response.status, await response.json()]).toEqual([200, { accepted: 1, duplicate: 0 }]);
    expect(await bench.laneOf('conversation-1', 'agent-messages')).toMatchObject([
      {
        eventId: 'aa11',
        message: {
          kind: 'agent-message',
          threadId: '176347007',
          handoffIds: [HANDOFF],
          agent: { id: 'A-2620022', name: 'Leslie K' },
          text: 'Hi Ada',
        },
      },
    ]);
  });

  test('are found by the thread when HubSpot names no handoff of ours', async () => {
    await using bench = await startReadyBench();
    await bench.handOff('conversation-1');
    await bench.sendWebhook('channel', agentWebhook({}, { channelIntegrationThreadIds: [] }));
    expect(await bench.laneOf('conversation-1', 'agent-messages')).toHaveLength(1);
  });

  test('are accepted once, though HubSpot sent them twice under two event ids', async () => {
    await using bench = await startReadyBench();
    await bench.handOff('conversation-1');
    await bench.sendWebhook('channel', agentWebhook());
    const again = await bench.sendWebhook('channel', agentWebhook({}, { eventId: 'another' }));
    expect([again.status, await again.json()]).toEqual([200, { accepted: 0, duplicate: 1 }]);
    expect(await bench.laneOf('conversation-1', 'agent-messages')).toHaveLength(1);
  });

  test('in a thread that nobody knows are kept, in a lane of that thread', async () => {
    await using bench = await startReadyBench();
    const response = await bench.sendWebhook('channel', agentWebhook());
    expect([response.status, await response.json()]).toEqual([200, { accepted: 1, duplicate: 0 }]);
    expect(await bench.laneOf('unknown-thread-176347007', 'agent-messages')).toHaveLength(1);
  });

  test.each(['👩🏽‍🚀 é e\u0301 \ud83d\ude00', 'שלום \u202eمرحبا', '<script>alert(1)</script> &amp;'])(
    'arrive character by character: %j',
    async (text) => {
      await using bench = await startReadyBench();
      await bench.handOff('conversation-1');
      expect((await bench.sendWebhook('channel', agentWebhook({ text }))).status).toBe(200);
      expect(await bench.laneOf('conversation-1', 'agent-messages')).toMatchObject([{ message: { text } }]);
    },
  );
});

describe('what is not for us is answered 200, counted, and goes nowhere', () => {
  test.each([
    ['another portal', agentWebhook({}, { portalId: '1' }), 'another portal', '1'],
    ['another channel', agentWebhook({}, { channelId: 2 }), 'another channel', '2'],
    ['another account', agentWebhook({ channelAccountId: '3' }), 'another channel account', '3'],
    [
      'an unknown type',
      { type: 'CHANNEL_ACCOUNT_PAINTED' },
      'of no interest',
      'webhooks of type CHANNEL_ACCOUNT_PAINTED',
    ],
    ['an echo', agentWebhook({ direction: 'INCOMING' }), 'of no interest', 'messages of direction INCOMING'],
  ])('%s', async (_what, webhook, reason, detail) => {
    await using bench = await startReadyBench();
    await bench.handOff('conversation-1');
    const response = await bench.sendWebhook('channel', webhook);
    expect([response.status, await response.json()]).toEqual([200, { accepted: 0, duplicate: 0 }]);
    expect(bench.ignored()).toMatchObject([{ route: '/v1/hubspot/channel', reason, detail }]);
    expect(await bench.laneOf('conversation-1', 'agent-messages')).toEqual([]);
    expect(await bench.laneOf('unknown-thread-176347007', 'agent-messages')).toEqual([]);
  });
});

test('a signed webhook that cannot be understood is refused by the name of the field, without its words', async () => {
  await using bench = await startReadyBench();
  const response = await bench.sendWebhook('channel', agentWebhook({ id: '', text: 'in confidence' }));
  const problem = await problemOf(response, 400);
  expect(problem.detail).toContain('message.id');
  expect(bench.refusals).toMatchObject([{ route: '/v1/hubspot/channel', status: 400 }]);
  expect(bench.lines.join()).not.toContain('in confidence');
});
