import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs what an npm script runs, with nothing but these variables; `signalAt` is sent once the output holds its text. */
async function run(entry: string, env: Record<string, string>, signalAt?: string) {
  const child = spawn(process.execPath, [entry], { cwd: ROOT, env: { PATH: process.env.PATH, ...env } });
  let output = '';
  let signalled = false;
  const hear = (chunk: unknown) => {
    output += String(chunk);
    if (signalled || !signalAt || !output.includes(signalAt)) return;
    signalled = child.kill('SIGINT'); // a second one would end it at once
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = await once(child, 'close');
  return { code, output };
}

test('the smoke run prints the timeline of each message and passes', async () => {
  const { code, output } = await run('services/sandbox/src/smoke/main.ts', { REDIS_URL: testRedis().url });
  expect(output).toMatch(/agent\.message 3 +0 +\d+ +\d+ +\d+ +1/);
  expect(output).toContain('passed in');
  expect(code).toBe(0);
});

test('the smoke run says what failed, and fails', async () => {
  const { code, output } = await run('services/sandbox/src/smoke/main.ts', { REDIS_URL: 'redis://127.0.0.1:1' });
  expect(output).toMatch(/^failed: .*127\.0\.0\.1:1/m);
  expect(code).toBe(1);
});

test('the demo says where its pages are, and Ctrl-C ends it cleanly', async () => {
  const { code, output } = await run(
    'services/sandbox/src/main.ts',
    { REDIS_URL: testRedis().url },
    'Ctrl-C ends it all',
  );
  expect(output).toMatch(/the visitor's chat +http:.*\n.*the agent's inbox +http:.*\n.*the dashboard +http:.*password/);
  expect(output).not.toContain('"level"');
  expect(code).toBe(0);
});

test('the whole of Parley without its settings names all that are missing, at once', async () => {
  const { code, output } = await run('services/parley/src/main.ts', {});
  for (const name of ['REDIS_URL', 'SEAL_KEYS', 'HUBSPOT_CLIENT_SECRET', 'DASHBOARD_PASSWORD']) {
    expect(output).toContain(`${name} is missing: `);
  }
  expect(code).toBe(1);
});
