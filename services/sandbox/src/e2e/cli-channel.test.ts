import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { parley } from './cli-process.ts';
import { startTestSandbox } from './start.ts';

const developer = ({ environment, simulator }: Sandbox) => ({
  ...environment,
  HUBSPOT_DEVELOPER_KEY: simulator.app.developerKey,
  HUBSPOT_APP_ID: simulator.app.id,
});
const elsewhere = (sandbox: Sandbox) => ({
  ...developer(sandbox),
  HUBSPOT_CHANNEL_ID: '',
  PUBLIC_URL: 'https://other.example',
});
const changed = ({ simulator }: Sandbox) =>
  simulator.requests().filter(({ method }) => method === 'PATCH' || method === 'POST');

describe('parley channel', () => {
  test('plan shows what is different and changes nothing; apply changes it, and then nothing is different', async () => {
    await using sandbox = await startTestSandbox();
    const [channel] = sandbox.simulator.channels();
    const plan = await parley(['channel', 'plan'], developer(sandbox));
    expect(plan).toMatchObject({
      code: 0,
      printed: expect.stringContaining('capabilities.threadingModel: unset -> "INTEGRATION_THREAD_ID"'),
    });
    expect(changed(sandbox)).toEqual([]);
    expect((await parley(['channel', 'apply'], developer(sandbox))).code).toBe(0);
    expect(channel?.capabilities.threadingModel).toBe('INTEGRATION_THREAD_ID');
    expect((await parley(['channel', 'plan'], developer(sandbox))).printed).toContain('is as it should be');
  });

  test('applied twice at a new address makes one channel, although HubSpot lists it late', async () => {
    await using sandbox = await startTestSandbox();
    sandbox.simulator.configure({ channelVisibleAfterMs: 1_000 });
    const first = await parley(['channel', 'apply', '--name', 'Our chatbot'], elsewhere(sandbox));
    const id = /^HUBSPOT_CHANNEL_ID=(\d+)$/m.exec(first.printed)?.[1] ?? '';
    const again = await parley(['channel', 'apply'], elsewhere(sandbox));
    expect(again.printed).toContain(`HUBSPOT_CHANNEL_ID=${id}`);
    expect(sandbox.simulator.channels()).toMatchObject([{}, { id, name: 'Our chatbot' }]);
  });

  test('that the settings name follows PUBLIC_URL to its new address, and no token of an address is shown', async () => {
    await using sandbox = await startTestSandbox();
    const moved = { ...developer(sandbox), PUBLIC_URL: 'https://other.example' };
    const { printed } = await parley(['channel', 'apply'], moved);
    expect(printed).toContain('-> https://other.example/v1/hubspot/channel/<token>');
    expect(printed).not.toContain(sandbox.environment.HUBSPOT_WEBHOOK_TOKEN ?? '');
    expect(sandbox.simulator.channels()).toMatchObject([
      { webhookUrl: expect.stringContaining('https://other.example/') },
    ]);
  });

  test('keeps the page that connects an inbox where Parley has none', async () => {
    await using sandbox = await startTestSandbox();
    const connectPage = 'https://other.example/connect';
    for (const channel of sandbox.simulator.channels()) channel.channelAccountConnectionRedirectUrl = connectPage;
    expect((await parley(['channel', 'apply'], developer(sandbox))).printed).not.toContain('connectUrl');
    expect(sandbox.simulator.channels()).toMatchObject([{ channelAccountConnectionRedirectUrl: connectPage }]);
  });

  test('that the app does not have is not replaced by another one', async () => {
    await using sandbox = await startTestSandbox();
    const unknown = { ...elsewhere(sandbox), HUBSPOT_CHANNEL_ID: '1' };
    expect(await parley(['channel', 'apply'], unknown)).toMatchObject({
      code: 1,
      complained: expect.stringContaining('HUBSPOT_APP_ID'),
    });
    expect(changed(sandbox)).toEqual([]);
  });

  test('a wrong key is answered with where the right one is, and is not shown', async () => {
    await using sandbox = await startTestSandbox();
    const wrong = { ...developer(sandbox), HUBSPOT_DEVELOPER_KEY: 'not-the-key' };
    const { code, complained } = await parley(['channel', 'plan'], wrong);
    expect(code).toBe(1);
    expect(complained).toContain("the developer account's key");
    expect(complained).not.toMatch(/not-the-key| {4}at /);
  });

  test('with another webhook address at HubSpot is found by the doctor who has the key, and no more once it is applied', async () => {
    await using sandbox = await startTestSandbox();
    for (const channel of sandbox.simulator.channels()) channel.webhookUrl = 'https://old.example/hook';
    const before = await parley(['doctor'], developer(sandbox));
    expect(before).toMatchObject({ code: 1, printed: expect.stringMatching(/FAILED.*it differs in .*webhookUrl/) });
    await parley(['channel', 'apply'], developer(sandbox));
    expect((await parley(['doctor'], developer(sandbox))).printed).toMatch(/^ok.*webhook address and capabilities$/m);
  });

  test.each(['2026-09', 'v3'])(
    'is made, and found again by the doctor, in version %s of the API too',
    async (version) => {
      await using sandbox = await startTestSandbox();
      const spoken = { ...developer(sandbox), HUBSPOT_API_VERSION: version };
      await parley(['channel', 'apply'], { ...elsewhere(sandbox), HUBSPOT_API_VERSION: version });
      await parley(['channel', 'apply'], spoken);
      expect(sandbox.simulator.channels()).toHaveLength(2);
      const { printed } = await parley(['doctor'], spoken);
      expect(printed).toMatch(/^ok.*webhook address and capabilities$/m);
      expect(printed).toMatch(/^ok +account 898158620: it is switched on/m);
    },
  );
});
