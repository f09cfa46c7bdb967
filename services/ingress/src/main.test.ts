import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';
import { createWatch } from '@parley/shared/testing/watch';
import { randomSecret } from './testing/bench.ts';

/** The ingress as a process of its own, with nothing in its environment but `env`. */
function startProcess(env: Record<string, string>) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    said.err += String(chunk);
  });
  return { child, said, [Symbol.dispose]: () => void child.kill('SIGKILL') };
}

const ended = async (child: ChildProcess) => (await once(child, 'close')).map(String);

test('without settings it refuses to start, names all of them at once, and exits with 1', async () => {
  using ingress = startProcess({ HUBSPOT_CLIENT_SECRET: 'too-short-to-be-one' });
  expect((await ended(ingress.child))[0]).toBe('1');
  const { err, out } = ingress.said;
  for (const name of ['REDIS_URL', 'PUBLIC_URL', 'HUBSPOT_WEBHOOK_TOKEN', 'HUBSPOT_CHANNEL_ID'])
    expect(err).toContain(`${name} is missing`);
  expect(err).toContain('HUBSPOT_CLIENT_SECRET must be the client secret that HubSpot shows');
  expect(err + out).not.toMatch(/too-short-to-be-one|at file:/);
});

test('it ends with 0 at SIGTERM, and its log holds no secret', async () => {
  const { url, namespace } = testRedis();
  const secrets = {
    HUBSPOT_CLIENT_SECRET: randomSecret(),
    HUBSPOT_ACCESS_TOKEN: randomSecret(),
    SEAL_KEYS: Buffer.from(randomSecret(), 'hex').toString('base64'),
    HUBSPOT_WEBHOOK_TOKEN: randomSecret(),
  };
  using ingress = startProcess({
    ...secrets,
    REDIS_URL: url,
    REDIS_NAMESPACE: namespace,
    INGRESS_PORT: '0',
    OPS_PORT: '0',
    PUBLIC_URL: 'https://parley.example',
    HUBSPOT_PORTAL_ID: '1',
    HUBSPOT_CHANNEL_ID: '2',
  });
  const end = ended(ingress.child);
  const urlOf = () => /"url":"([^"]+)"/.exec(ingress.said.out)?.[1];
  const isReady = async () => (await fetch(`${urlOf()}/readyz`)).ok;
  await createWatch().until(async () => urlOf() !== undefined && (await isReady()), 'it is ready');
  ingress.child.kill('SIGTERM');
  expect((await end)[0]).toBe('0');
  expect(ingress.said.err).toBe('');
  for (const secret of Object.values(secrets)) expect(ingress.said.out).not.toContain(secret);
});
