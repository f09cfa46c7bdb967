import { describe, expect, test } from '@jest/globals';
import { DeliveryReport } from '@parley/shared/contracts/delivery-report';
import { ChannelAccountId } from '@parley/shared/contracts/ids';
import { RetryableError } from '@parley/shared/failures';
import { connectPatient } from '@parley/shared/redis/connect';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createReportDelivery } from './report-delivery.ts';

const ATTEMPT = { number: 1, eventId: 'evt-1', lane: '1/chat-1', acceptedAt: 0, replayed: false };

const REASON = 'Not delivered to the visitor: the bot answered 500';

async function setup() {
  const { url, namespace } = testRedis();
  const redis = connectPatient(url);
  await redis.connect();
  const shown: string[] = [];
  const trouble: Error[] = [];
  const hubspot = {
    async reportDelivery({ messageId, status }: DeliveryReport) {
      const failure = trouble.shift();
      if (failure) throw failure;
      shown.push(messageId === 'm-1' ? status : `${status} of ${messageId}`);
    },
  };
  const handle = createReportDelivery({ hubspot, redis, namespace, account: ChannelAccountId.parse('898158620') });
  const report = async (status: DeliveryReport['status'], messageId = 'm-1') =>
    (await handle(DeliveryReport.parse({ messageId, status, reason: REASON }), ATTEMPT)).kind;
  return { shown, trouble, report, [Symbol.dispose]: () => redis.disconnect() };
}

describe('the agent sees what became of a reply', () => {
  test('sent and then read', async () => {
    using it = await setup();
    expect([await it.report('sent'), await it.report('read')]).toEqual(['delivered', 'delivered']);
    expect(it.shown).toEqual(['sent', 'read']);
  });

  test('failed, and sent after all when an operator replays it', async () => {
    using it = await setup();
    for (const status of ['failed', 'sent', 'read'] as const) await it.report(status);
    expect(it.shown).toEqual(['failed', 'sent', 'read']);
  });

  test('each reply for itself', async () => {
    using it = await setup();
    await it.report('read');
    await it.report('sent', 'm-2');
    expect(it.shown).toEqual(['read', 'sent of m-2']);
  });
});

describe('a report never takes a step back', () => {
  test.each([
    ['read', 'sent'],
    ['read', 'failed'],
    ['sent', 'failed'],
    ['sent', 'sent'],
    ['read', 'read'],
    ['failed', 'failed'],
  ] as const)('after %s, %s is ignored', async (before, after) => {
    using it = await setup();
    await it.report(before);
    expect(await it.report(after)).toBe('ignored');
    expect(it.shown).toEqual([before]);
  });
});

test('a report that HubSpot did not take is made again, and none is skipped for it', async () => {
  using it = await setup();
  it.trouble.push(new RetryableError('HubSpot answered 500'));
  await expect(it.report('read')).rejects.toThrow('HubSpot answered 500');
  expect(await it.report('sent')).toBe('delivered');
  expect(await it.report('read')).toBe('delivered');
  expect(it.shown).toEqual(['sent', 'read']);
});
