import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connectPatient } from '@parley/shared/redis/connect';
import { freePort } from '@parley/shared/testing/free-port';
import { ownRedis } from '@parley/shared/testing/own-redis';
import type { Redis } from 'ioredis';

type Launched = Parameters<typeof ownRedis>[0];

/**
 * A Redis with a replica behind one address, as hosters sell it. A failover loses nothing that Redis has copied; the connections
 * of before stay with the old one, which takes no more writes.
 */
export async function movingRedis(options: Launched) {
  await using stack = new AsyncDisposableStack();
  const [first, second] = [stack.use(await ownRedis(options)), stack.use(await ownRedis(options))];
  await Promise.all([first.start(), second.start()]);
  const open = async (url: string) => {
    const redis = stack.adopt(connectPatient(url), (opened) => opened.disconnect());
    await redis.connect();
    return redis;
  };
  const [primary, replica] = [await open(first.url), await open(second.url)];
  await replica.replicaof('127.0.0.1', portOf(first.url));
  await until(async () => (await replica.info('replication')).includes('master_link_status:up'));
  const address = stack.use(await startAddress(portOf(first.url)));
  const opened = stack.move();
  return {
    ...first,
    url: address.url,
    async failOver(): Promise<void> {
      await primary.call('FAILOVER', 'TO', '127.0.0.1', String(portOf(second.url)));
      await until(() => isPrimary(replica));
      address.leadTo(portOf(second.url));
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

const portOf = (url: string) => Number(new URL(url).port);

const isPrimary = async (redis: Redis) => (await redis.info('replication')).includes('role:master');

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(20);
}

/** An address that leads new connections elsewhere when told so. */
async function startAddress(port: number) {
  let to = port;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const redis = connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [client, redis],
      [redis, client],
    ] as const) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket) && other.destroy());
    }
  });
  const own = await freePort();
  await new Promise<void>((resolve) => server.listen(own, '127.0.0.1', resolve));
  return {
    url: `redis://127.0.0.1:${own}`,
    leadTo: (next: number) => {
      to = next;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
