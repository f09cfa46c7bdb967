import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { connectPatient } from '../redis/connect.ts';
import { ownRedis, redisProgram } from '../testing/own-redis.ts';
import { testRedis } from '../testing/test-redis.ts';
import { createWatch } from '../testing/watch.ts';

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

const BOT_DISPATCHER = [pathOf('../../../services/bot-dispatcher/src/main.ts')];
const HUBSPOT_PUBLISHER = [pathOf('../../../services/hubspot-publisher/src/main.ts')];

/** A service that never comes to the end of its stopping. */
const STUBBORN = [
  '--input-type=module',
  '--eval',
  `import { common, operationsPort } from ${JSON.stringify(pathOf('../config/settings.ts'))};
   import { runService } from ${JSON.stringify(pathOf('./run-service.ts'))};
   const shape = { LOG_LEVEL: common.LOG_LEVEL, OPS_PORT: operationsPort(0) };
   await runService({ name: 'stubborn', shape, env: process.env, start: async () => {
     const alive = setInterval(() => {}, 1_000);
     return { [Symbol.asyncDispose]: () => new Promise(() => alive.ref()) };
   } });`,
];

/** A process with nothing in its environment but `env`. */
function startProcess(program: readonly string[], env: Record<string, string>) {
  const child = spawn(process.execPath, program, { env });
  const watch = createWatch();
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
    watch.changed();
  });
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk);
  });
  const has = (word: string) => watch.until(() => said.out.includes(`"msg":"${word}"`), `${word} is logged`);
  return { child, said, has, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

/** Exit code and signal, within a bound, so that a process which does not end fails its test and is killed. */
const ended = async (child: ChildProcess): Promise<unknown[]> =>
  once(child, 'close', { signal: AbortSignal.timeout(20_000) });

const settings = (url: string) => ({
  REDIS_URL: url,
  HUBSPOT_PORTAL_ID: '1',
  HUBSPOT_ACCESS_TOKEN: 'pat-of-this-test',
  HUBSPOT_CHANNEL_ID: '2',
  HUBSPOT_CLIENT_SECRET: 'client-secret-of-this-test-0123456789',
  PUBLIC_URL: 'http://127.0.0.1:9',
  SEAL_KEYS: Buffer.alloc(32, 'k').toString('base64'),
  OPS_PORT: '0',
});

test('settings that do not fit are named all at once, with code 1, and nothing has been opened', async () => {
  let connections = 0;
  const redis = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(redis, 'listening');
  const address = redis.address();
  const url = typeof address === 'object' ? `redis://127.0.0.1:${address?.port}` : '';
  const missing = { HUBSPOT_CHANNEL_ID: '', PUBLIC_URL: '', SEAL_KEYS: 'mistyped' };
  using dispatcher = startProcess(BOT_DISPATCHER, { ...settings(url), ...missing });
  expect(await ended(dispatcher.child)).toEqual([1, null]);
  redis.close();

  const { out, err } = dispatcher.said;
  expect(err.trimEnd().split('\n')).toEqual([
    '3 setting(s) need attention:',
    expect.stringContaining('HUBSPOT_CHANNEL_ID is missing: Id'),
    expect.stringContaining('SEAL_KEYS must be the base64 of 32 random bytes'),
    expect.stringContaining('PUBLIC_URL is missing: Address'),
  ]);
  expect(err).not.toContain('mistyped');
  expect(out).toBe('');
  expect(connections).toBe(0);
});

test.each(['hubspot-simulator', 'demo-bot'])('the %s names what it misses in the same way', async (service) => {
  using program = startProcess([pathOf(`../../../services/${service}/src/main.ts`)], {});
  expect(await ended(program.child)).toEqual([1, null]);
  expect(program.said.err).toMatch(/^\d setting\(s\) need attention:\n(?: {2}\w+ is missing: .+\n)+$/);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s stops what was started and ends it with code 0', async (signal) => {
  const { url, namespace } = testRedis();
  const env = { ...settings(url), REDIS_NAMESPACE: namespace, LOG_LEVEL: '' };
  using dispatcher = startProcess(BOT_DISPATCHER, env);
  const end = ended(dispatcher.child);
  await dispatcher.has('started');
  dispatcher.child.kill(signal);
  expect(await end).toEqual([0, null]);
  const { out, err } = dispatcher.said;
  expect(out).toContain(`"signal":"${signal}","msg":"stopping"`);
  expect(out).toContain('"SEAL_KEYS":"[set]"');
  for (const secret of [env.SEAL_KEYS, env.HUBSPOT_ACCESS_TOKEN]) expect(out + err).not.toContain(secret);
  expect(err).toBe('');
});

test.each([
  ['SIGTERM', 'SIGTERM'],
  ['SIGTERM', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
] as const)('after %s, while it still stops, %s ends it at once', async (first, second) => {
  using stubborn = startProcess(STUBBORN, {});
  const end = ended(stubborn.child);
  await stubborn.has('started');
  stubborn.child.kill(first);
  await stubborn.has('stopping');
  stubborn.child.kill(second);
  expect(await end).toEqual([null, second]);
});

const portOf = async (server: ReturnType<typeof createServer>): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};

test('a service that waits for Redis is seen to live, and not to be ready', async () => {
  const probe = createServer();
  const port = await portOf(probe);
  probe.close();
  using dispatcher = startProcess(BOT_DISPATCHER, { ...settings('redis://127.0.0.1:1'), OPS_PORT: `${port}` });
  await dispatcher.has('redis is not reachable, waiting for it');
  const statusOf = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  expect([await statusOf('/healthz'), await statusOf('/readyz')]).toEqual([200, 503]);
});

test('a port that is taken is named with the remedy, without a stack', async () => {
  await using taken = createServer();
  const { url, namespace } = testRedis();
  const port = await portOf(taken);
  const env = { ...settings(url), REDIS_NAMESPACE: namespace, OPS_PORT: `${port}` };
  using dispatcher = startProcess(BOT_DISPATCHER, env);
  expect(await ended(dispatcher.child)).toEqual([1, null]);
  expect(dispatcher.said.err).toBe(`port ${port} is taken: end what has it, or choose another\n`);
});

/** Its workers wait for work: BullMQ does not let go of a connection that waits when Redis is gone. */
async function atWork(url: string): Promise<void> {
  const redis = connectPatient(url);
  await createWatch().until(async () => String(await redis.client('LIST')).includes('cmd=bzpopmin'), 'a worker waits');
  redis.disconnect();
}

(redisProgram ? test : test.skip).each([
  ['bot-dispatcher', BOT_DISPATCHER],
  ['hubspot-publisher', HUBSPOT_PUBLISHER],
])('a %s whose Redis went away ends all the same when it is told to', async (_, program) => {
  await using redis = await ownRedis();
  await redis.start();
  using service = startProcess(program, settings(redis.url));
  const end = ended(service.child);
  await service.has('started');
  await atWork(redis.url);
  await redis.stop();
  await service.has('redis is not reachable, waiting for it');
  service.child.kill('SIGTERM');
  expect(await end).toEqual([0, null]);
});
