import { describe, expect, test } from '@jest/globals';
import { parley } from './cli-process.ts';
import { asDeveloper, examined } from './examined.ts';
import { startTestSandbox } from './start.ts';

/** A sandbox whose channel is as Parley wants it. */
async function applied() {
  const sandbox = await startTestSandbox();
  await parley(['channel', 'apply'], asDeveloper(sandbox));
  return sandbox;
}

describe('parley doctor with the key of the developer', () => {
  test('finds nothing wrong with an app that is set up; without the key it says what to look at', async () => {
    await using sandbox = await applied();
    const { checks, failed, warned } = await examined(asDeveloper(sandbox));
    expect([...failed, ...warned]).toEqual([]);
    expect(checks.filter(({ status }) => status === 'skipped')).toEqual([]);
    const { checks: without } = await examined(sandbox.environment);
    expect(without.filter(({ status }) => status === 'skipped')).toMatchObject([
      { detail: expect.stringMatching(/HUBSPOT_DEVELOPER_KEY.*conversation\.propertyChange status/) },
    ]);
  });

  test.each([
    ['a key that HubSpot calls invalid', { HUBSPOT_DEVELOPER_KEY: 'wrong' }, "the developer account's key (no access"],
    ["another account's app", { HUBSPOT_APP_ID: '1' }, 'an app of that account'],
    ['no app', { HUBSPOT_APP_ID: '' }, 'Complete them'],
  ])('of %s: which key and which app it must be', async (_what, wrong, remedy) => {
    await using sandbox = await startTestSandbox();
    const { failed } = await examined({ ...asDeveloper(sandbox), ...wrong });
    expect(failed).toMatchObject([
      { name: "the developer's key opens the app", remedy: expect.stringContaining(remedy) },
    ]);
  });

  test('of a HubSpot that does not answer: that this machine may not reach it', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.faults.answer(503, { operation: 'channel' });
    const { failed } = await examined(asDeveloper(sandbox));
    expect(failed).toMatchObject([{ remedy: expect.stringContaining('reaches HUBSPOT_API_URL') }]);
  });

  test.each([
    ['threadingModel', 'DELIVERY_IDENTIFIER', 'each message can open a thread of its own'],
    ['allowOutgoingMessages', false, 'agents cannot answer'],
  ])('of a channel whose %s is %s: that %s, and the command that mends it', async (capability, value, consequence) => {
    await using sandbox = await applied();
    for (const { capabilities } of sandbox.simulator.channels()) capabilities[capability] = value;
    const { failed } = await examined(asDeveloper(sandbox));
    expect(failed).toMatchObject([
      { detail: expect.stringContaining(consequence), remedy: expect.stringContaining('channel plan') },
    ]);
    await parley(['channel', 'apply'], asDeveloper(sandbox));
    expect((await examined(asDeveloper(sandbox))).failed).toEqual([]);
  });

  test('of a second channel with our webhook address: which it is, and that the bridge works all the same', async () => {
    await using sandbox = await applied();
    const elsewhere = { ...asDeveloper(sandbox), HUBSPOT_CHANNEL_ID: '', PUBLIC_URL: 'https://other.example' };
    await parley(['channel', 'apply', '--name', 'Second'], elsewhere);
    const [ours, second] = sandbox.simulator.channels();
    if (second) second.webhookUrl = ours?.webhookUrl;
    const { failed, warned } = await examined(asDeveloper(sandbox));
    expect(failed).toEqual([]);
    expect(warned).toMatchObject([{ detail: `${second?.id} "Second" has` }]);
  });

  test('of events that go elsewhere: where, without the token, and the address that they should have', async () => {
    await using sandbox = await applied();
    sandbox.simulator.app.eventsWebhookUrl = 'https://old.example/hooks/a-token';
    const { failed } = await examined(asDeveloper(sandbox));
    expect(failed).toMatchObject([
      {
        detail: 'its events go to https://old.example/hooks/<token>',
        remedy: expect.stringContaining('<PUBLIC_URL>/v1/hubspot/events/'),
      },
    ]);
  });

  test('of subscriptions that are missing or paused: which, and what it costs', async () => {
    await using sandbox = await applied();
    const { app } = sandbox.simulator;
    app.subscriptions = app.subscriptions.filter(({ eventType }) => eventType !== 'conversation.deletion');
    for (const subscription of app.subscriptions) subscription.active = subscription.propertyName !== 'status';
    const { failed } = await examined(asDeveloper(sandbox));
    expect(failed).toMatchObject([
      {
        detail: 'no active subscription to conversation.propertyChange status, conversation.deletion',
        remedy: expect.stringContaining('switch on what is paused'),
      },
    ]);
  });

  test("of a developer project's app, whose subscriptions HubSpot does not tell: in which file they are", async () => {
    await using sandbox = await applied();
    sandbox.simulator.app.kind = 'project';
    const { checks, failed } = await examined(asDeveloper(sandbox));
    expect(failed).toEqual([]);
    expect(checks.filter(({ status }) => status === 'skipped')).toMatchObject([
      { detail: expect.stringContaining('webhooks-hsmeta.json') },
    ]);
  });
});
