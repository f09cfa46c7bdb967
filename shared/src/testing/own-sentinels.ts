import { Redis } from 'ioredis';
import { freePort } from './free-port.ts';
import { type OwnOptions, ownRedis, ownServer } from './own-redis.ts';
import { createWatch } from './watch.ts';

const NAME = 'parley';
const SENTINELS = 3;
const DOWN_AFTER_MS = 500;

/**
 * A primary, its replica, and sentinels that make the replica primary when told that the primary may be away no longer than half a
 * second: not before, since a busy machine is no failover. All of them run; what is stopped, started and frozen is the first primary.
 */
export async function ownSentinels(options: OwnOptions = {}) {
  await using stack = new AsyncDisposableStack();
  const [first, second] = [stack.use(await ownRedis(options)), stack.use(await ownRedis(options))];
  await Promise.all([first.start(), second.start()]);
  const ask = (port: number) => stack.adopt(openQuietly(port), (redis) => redis.disconnect());
  const [primary, replica] = [ask(first.port), ask(second.port)];
  await primary.config('SET', 'repl-diskless-sync-delay', '0'); // or a replica waits five seconds for another one
  await replica.replicaof('127.0.0.1', first.port);
  const { until } = createWatch();
  await until(async () => (await told(replica, 'master_link_status')) === 'up', 'a copy of the primary');

  const ports = await Promise.all(Array.from({ length: SENTINELS }, () => freePort()));
  const sentinels = await Promise.all(
    ports.map(async (port) => {
      const monitor = `sentinel monitor ${NAME} 127.0.0.1 ${first.port} ${Math.ceil(SENTINELS / 2)}`;
      const config = [`port ${port}`, monitor, `sentinel failover-timeout ${NAME} 3000`];
      const own = stack.use(
        await ownServer({ ...options, config, flags: ['--sentinel'], worksAt: `+monitor master ${NAME}` }),
      );
      await own.start();
      const asked = ask(port);
      const known = async () => JSON.stringify(await asked.call('SENTINEL', 'MASTER', NAME));
      await until(
        async () => /"num-slaves","1","num-other-sentinels","2"/.test(await known()),
        'sentinels that know the replica and each other',
      );
      return { ...own, tell: (...setting: string[]) => asked.call('SENTINEL', 'SET', NAME, ...setting) };
    }),
  );
  const opened = stack.move();
  return {
    ...first,
    url: `redis-sentinel://${ports.map((port) => `127.0.0.1:${port}`).join(',')}#${NAME}`,
    sentinels,
    /**
     * The primary is killed, or vanishes without closing a connection, once the replica has all that it answered; it writes nothing
     * meanwhile. Resolves when the replica is primary.
     */
    failOver: async (how: 'killed' | 'frozen' = 'killed'): Promise<void> => {
      await Promise.all(sentinels.map(({ tell }) => tell('down-after-milliseconds', `${DOWN_AFTER_MS}`)));
      await primary.client('PAUSE', 60_000, 'WRITE');
      await until(
        async () => (await told(replica, 'slave_repl_offset')) === (await told(primary, 'master_repl_offset')),
        'a replica that has everything',
      );
      if (how === 'killed') await first.stop();
      else first.freeze();
      await until(async () => (await told(replica, 'role')) === 'master', 'a replica made primary');
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

function openQuietly(port: number): Redis {
  const redis = new Redis({ port, maxRetriesPerRequest: null, disconnectTimeout: 0 });
  redis.on('error', () => undefined); // it goes away on purpose
  return redis;
}

/** A field of what it says of its replication. */
const told = async (redis: Redis, field: string) =>
  new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(await redis.info('replication'))?.[1];
