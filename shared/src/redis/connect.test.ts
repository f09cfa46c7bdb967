import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { pino } from 'pino';
import { ownRedis, redisProgram } from '../testing/own-redis.ts';
import { awaitRedis, connectImpatient, connectPatient } from './connect.ts';

/** Needs a Redis that can be made a replica; skipped, visibly, where the machine has no program for it. */
const testWithServer = redisProgram ? test : test.skip;

/** A connection to a Redis that takes no writes until `promote`. */
async function connectedToReplica(connect: typeof connectPatient) {
  await using stack = new AsyncDisposableStack();
  const server = stack.use(await ownRedis());
  await server.start();
  const [operator, redis] = [connectPatient, connect].map((open) =>
    stack.adopt(open(server.url), (connection) => connection.disconnect()),
  );
  if (!operator || !redis) throw new Error('no connections');
  await Promise.all([operator.connect(), redis.connect()]);
  await operator.replicaof('127.0.0.1', 1);
  const opened = stack.move();
  return {
    redis,
    promote: () => operator.replicaof('NO', 'ONE'),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

testWithServer(
  'a worker leaves a Redis that a failover has made a replica, and writes where the address leads then',
  async () => {
    await using replica = await connectedToReplica(connectPatient);
    const { redis, promote } = replica;
    const [written] = await Promise.all([redis.set('key', 'value'), once(redis, 'close').then(promote)]);
    expect(written).toBe('OK');
  },
);

testWithServer(
  'a request is refused by such a Redis at once, and the next one is taken where the address leads then',
  async () => {
    await using replica = await connectedToReplica(connectImpatient);
    const { redis, promote } = replica;
    const ready = once(redis, 'ready');
    await expect(redis.set('key', 'value')).rejects.toThrow();
    await promote();
    await ready;
    expect(await redis.set('key', 'value')).toBe('OK');
  },
);

testWithServer(
  'a process says once that Redis is away and once that it is back, whose connections all notice it',
  async () => {
    await using server = await ownRedis();
    const lines: string[] = [];
    const logger = pino({}, { write: (line) => void lines.push(line) });
    const connections = [connectPatient(server.url), connectImpatient(server.url)];
    const waiting = connections.map((redis) => awaitRedis(redis, logger));
    await Promise.all(connections.map((redis) => new Promise((resolve) => redis.once('close', resolve))));
    await server.start();
    await Promise.all(waiting);
    for (const redis of connections) redis.disconnect();
    expect(lines).toEqual([expect.stringContaining('ECONNREFUSED'), expect.stringContaining('reachable again')]);
  },
);
