import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { startBinaryRedis } from './binary-redis.ts';

const first = await startBinaryRedis();
afterAll(async () => {
  if ('url' in first) await first[Symbol.asyncDispose]();
});
const testWithServer = 'url' in first ? test : test.skip;

testWithServer('two run beside each other, each on its own port, neither evicting nor writing to disk', async () => {
  const second = await start();
  const redis = new Redis(second.url);
  const settings = JSON.stringify(await redis.config('GET', 'maxmemory-policy', 'save', 'appendonly'));
  redis.disconnect();
  await second[Symbol.asyncDispose]();

  expect(second.url).not.toBe('url' in first && first.url);
  expect(settings).toContain('noeviction');
  expect(settings).toMatch(/"save"[:,]""/);
  expect(settings).toMatch(/"appendonly"[:,]"no"/);
});

testWithServer('disposing leaves nothing running and no files', async () => {
  const server = await start();
  const folder = await folderOf(server.url);
  const before = { listens: await listens(server.url), folder: existsSync(folder) };
  await server[Symbol.asyncDispose]();

  expect(before).toEqual({ listens: true, folder: true });
  expect({ listens: await listens(server.url), folder: existsSync(folder) }).toEqual({ listens: false, folder: false });
});

testWithServer('a parent killed by SIGKILL leaves nothing running and no files', async () => {
  const url = await startInOwnProcess();
  const folder = await folderOf(url.redis);
  process.kill(url.parent, 'SIGKILL');

  await until(async () => !(await listens(url.redis)) && !existsSync(folder));
});

async function start() {
  const server = await startBinaryRedis();
  if ('unavailable' in server) throw new Error(server.unavailable);
  return server;
}

async function startInOwnProcess(): Promise<{ redis: string; parent: number }> {
  const module = new URL('./binary-redis.ts', import.meta.url).href;
  const script = `const { url } = await (await import('${module}')).startBinaryRedis(); console.log(url); setInterval(() => {}, 1000)`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [redis] = await once(createInterface(parent.stdout), 'line');
  if (parent.pid === undefined) throw new Error('the parent did not start');
  return { redis: String(redis), parent: parent.pid };
}

async function folderOf(url: string): Promise<string> {
  const redis = new Redis(url);
  const reply = JSON.stringify(await redis.config('GET', 'dir'));
  redis.disconnect();
  const folder = /"(\/[^"]*parley-redis-[^"]*)"/.exec(reply)?.[1];
  if (!folder) throw new Error(`no temporary folder in ${reply}`);
  return folder;
}

async function listens(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answered = await once(socket, 'connect').then(
    () => true,
    () => false,
  );
  socket.destroy();
  return answered;
}

const EVERY_MS = 20;
const AT_MOST_MS = 5_000;

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let waitedMs = 0; !(await condition()); waitedMs += EVERY_MS) {
    if (waitedMs > AT_MOST_MS) throw new Error(`not within ${AT_MOST_MS} ms`);
    await setTimeout(EVERY_MS);
  }
}
