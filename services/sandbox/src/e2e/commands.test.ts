import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** Runs a command with nothing but these variables; the signal is sent to it once the output holds the text. */
async function runCommand(
  [command, ...args]: readonly [string, ...string[]],
  env: Record<string, string>,
  stop?: { at: string; signal: 'SIGINT' | 'SIGTERM' },
) {
  const child = spawn(command, args, { cwd: ROOT, env: { PATH: process.env.PATH, ...env } });
  let output = '';
  let signalled = false;
  const hear = (chunk: unknown) => {
    output += String(chunk);
    if (signalled || !stop || !output.includes(stop.at)) return;
    signalled = child.kill(stop.signal); // a second one would end it at once
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const [code] = await once(child, 'close');
  return { code, output };
}

const UP = 'Ctrl-C ends it all';

/** What an npm script runs. */
const run = (entry: string, env: Record<string, string>) => runCommand([process.execPath, entry], env);

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
  const { code, output } = await runCommand(
    [process.execPath, 'services/sandbox/src/main.ts'],
    { REDIS_URL: testRedis().url },
    { at: UP, signal: 'SIGINT' },
  );
  expect(output).toMatch(/the visitor's chat +http:.*\n.*the agent's inbox +http:.*\n.*the dashboard +http:.*password/);
  expect(output).not.toContain('"level"');
  expect(code).toBe(0);
});

test('the demo ends when the shell does in which npm started it', async () => {
  const { output } = await runCommand(
    ['sh', '-c', '"$0" services/sandbox/src/main.ts; exit', process.execPath],
    { REDIS_URL: testRedis().url, npm_lifecycle_event: 'demo' },
    { at: UP, signal: 'SIGTERM' },
  );
  expect(output).toContain('Stopping');
});

test.each([
  ['--callback-url', 'localhost:8080/parley'],
  ['--callback', 'http://localhost:8080/parley'],
])('the demo says what is wrong with %s %s, in one line', async (...given) => {
  const { code, output } = await runCommand([process.execPath, 'services/sandbox/src/main.ts', ...given], {});
  expect(output).toMatch(/^failed: .*--callback.*\n$/);
  expect(code).toBe(1);
});

test('the whole of Parley without its settings names all that are missing, at once', async () => {
  const { code, output } = await run('services/parley/src/main.ts', {});
  for (const name of ['REDIS_URL', 'SEAL_KEYS', 'HUBSPOT_CLIENT_SECRET', 'DASHBOARD_PASSWORD']) {
    expect(output).toContain(`${name} is missing: `);
  }
  expect(code).toBe(1);
});
