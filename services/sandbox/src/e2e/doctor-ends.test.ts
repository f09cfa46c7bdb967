import { type IncomingMessage, request } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { serve } from '@parley/shared/http/serve';
import { startAnsweringServer } from '@parley/shared/testing/answering-server';
import { freePort } from '@parley/shared/testing/free-port';
import { parley } from './cli-process.ts';
import { botOf, changeBot, examined } from './examined.ts';
import { startTestSandbox } from './start.ts';

const nobodyThere = async () => `http://127.0.0.1:${await freePort()}`;

/** A proxy that leads from below `path` to the ingress at `port`. */
const startProxy = ({ path, port }: { path: string; port: () => string }) =>
  serve(
    (asked, answered) => {
      const { url = '', method, headers } = asked;
      const to = `http://127.0.0.1:${port()}${url.replace(path, '')}`;
      const passOn = (answer: IncomingMessage) =>
        answer.pipe(answered.writeHead(answer.statusCode ?? 502, answer.headers));
      asked.pipe(request(to, { method, headers }, passOn));
    },
    { port: 0, host: '127.0.0.1' },
  );

describe('parley doctor on the two ends of the bridge', () => {
  test('of a PUBLIC_URL where nobody is: that nobody is there', async () => {
    await using sandbox = await startTestSandbox();
    const { failed } = await examined({ ...sandbox.environment, PUBLIC_URL: await nobodyThere() });
    expect(failed).toMatchObject([
      { name: 'PUBLIC_URL leads to the ingress', remedy: expect.stringContaining('under which HubSpot reaches it') },
    ]);
  });

  test('of a PUBLIC_URL that the ingress spells differently: that signatures cover it', async () => {
    await using sandbox = await startTestSandbox();
    const publicUrl = (sandbox.environment.PUBLIC_URL ?? '').replace('127.0.0.1', 'localhost');
    const { failed } = await examined({ ...sandbox.environment, PUBLIC_URL: publicUrl });
    expect(failed).toMatchObject([
      { detail: expect.stringContaining('401'), remedy: expect.stringContaining('PUBLIC_URL') },
    ]);
  });

  test('of a bot that is away, and of one with another secret: which of the two it is', async () => {
    await using sandbox = await startTestSandbox();
    const { callbackUrl } = await botOf(sandbox);
    await changeBot(sandbox, { callbackUrl: await nobodyThere() });
    const away = await examined(sandbox.environment);
    expect(away.failed).toMatchObject([
      { detail: expect.stringContaining('ECONNREFUSED'), remedy: expect.stringContaining('Start the bot') },
    ]);
    await changeBot(sandbox, { callbackUrl });
    await parley(['accounts', 'change', '--account', sandbox.account.account, '--new-secrets'], sandbox.environment);
    const other = await examined(sandbox.environment);
    expect(other.failed).toMatchObject([{ remedy: expect.stringContaining('another signing secret') }]);
  });

  test('finds nothing wrong with a PUBLIC_URL whose path has escapes, which HubSpot decodes before it signs', async () => {
    let port = '';
    await using proxy = await startProxy({ path: '/par%2Fley', port: () => port });
    await using sandbox = await startTestSandbox({ settings: { PUBLIC_URL: `${proxy.url}/par%2Fley` } });
    port = sandbox.environment.INGRESS_PORT ?? '';
    expect((await examined(sandbox.environment)).failed).toEqual([]);
  });

  test('of a bot that takes what anybody signs: that anybody could speak as an agent', async () => {
    await using sandbox = await startTestSandbox();
    await using credulous = await startAnsweringServer({ status: 204 });
    await changeBot(sandbox, { callbackUrl: credulous.url });
    const { failed } = await examined(sandbox.environment);
    expect(failed).toMatchObject([
      {
        name: 'account 898158620: the bot refuses what is forged',
        remedy: expect.stringContaining('Anybody could speak as an agent'),
      },
    ]);
  });
});
