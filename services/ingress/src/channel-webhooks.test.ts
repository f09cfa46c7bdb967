import { describe, expect, test } from '@jest/globals';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
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

  test('are for the account that HubSpot names, though the thread holds a handoff of another bot too', async () => {
    await using bench = await startReadyBench();
    await bench.handOff('conversation-1');
    const other = ChannelAccountId.parse('770077');
    await bench.handOff('of-the-other-bot', { account: other, handoff: '6f7b0f6c-5d8e-4c55-8a35-3a0b0a3f5c11' });
    await bench.sendWebhook('channel', agentWebhook({}, { channelIntegrationThreadIds: [] }));
    expect(await bench.laneOf('of-the-other-bot', 'agent-messages', other)).toEqual([]);
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
    ['another channel', agentWebhook({}, { channelId: 2 }), 'another channel', '2'],
    [
      'another account',
      agentWebhook({ channelAccountId: '3' }),
      'an account that no bot has',
      'account 3 of portal 48448169',
    ],
    [
      'an account of that id in another portal',
      agentWebhook({}, { portalId: '1' }),
      'an account that no bot has',
      'account 898158620 of portal 1',
    ],
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

describe('an account that no bot has', () => {
  test('is counted with each of its messages until a bot has it, and HubSpot is to be asked about it', async () => {
    await using bench = await startReadyBench();
    const strange = agentWebhook({ channelAccountId: '3' });
    await bench.sendWebhook('channel', strange);
    await bench.sendWebhook('channel', strange);
    const key = { portal: bench.account.portal, account: ChannelAccountId.parse('3') };
    expect(await bench.accounts.unclaimed()).toEqual([{ ...key, webhooks: 2 }]);
    expect(await bench.dueLooks()).toMatchObject([key]);
    await bench.accounts.claim(key, { ...bench.bot, tokenDigest: 'of-another' });
    expect(await bench.accounts.unclaimed()).toEqual([]);
  });
});

test.each(['CHANNEL_ACCOUNT_CREATED', 'CHANNEL_ACCOUNT_UPDATED', 'CHANNEL_ACCOUNT_PURGED'])(
  'after %s HubSpot is to be asked about the account, and the answer is 200',
  async (type) => {
    await using bench = await startReadyBench();
    const webhook = { type, portalId: 48_448_169, channelId: 477_835, channelAccountId: 3 };
    const response = await bench.sendWebhook('channel', { ...webhook, channelAccountDeliveryIdentifier: 'any' });
    expect([response.status, await response.json()]).toEqual([200, { accepted: 1, duplicate: 0 }]);
    expect(await bench.dueLooks()).toMatchObject([{ portal: '48448169', account: '3' }]);
    const malformed = await bench.sendWebhook('channel', { ...webhook, channelAccountId: null });
    expect((await problemOf(malformed, 400)).detail).toContain('channelAccountId');
  },
);
