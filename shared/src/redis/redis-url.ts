import { unescape as decode } from 'node:querystring';
import { z } from 'zod';

const FORM =
  /^redis-sentinel:\/\/(?:(?:(?<username>[^:@/?#]*):)?(?<password>[^@/?#]*)@)?(?<sentinels>[^@/?#]*)(?:\/(?<db>[^/?#]*))?(?:#(?<name>[^#]*))?$/;

const EXAMPLE =
  'redis-sentinel://:password@host:26379,host:26379/0#masterName, with what is special in a password percent-encoded and no ?options';

const Sentinel = z.string().transform((text, context) => {
  const { hostname = '', port } = URL.parse(`redis://${text}`) ?? {};
  if (!hostname) context.addIssue('must name sentinels as host or host:port, with commas between them');
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 26_379) };
});

/**
 * A Redis that sentinels watch over, in the URI syntax of Lettuce, as the options of ioredis:
 * `redis-sentinel://[[user:]password@]host1[:port1][,host2[:port2]…][/database]#masterName`. User and password are those of Redis: the
 * sentinels are asked without one, and without TLS. They must tell addresses at which this process reaches Redis. Issues hold no
 * part of the URL.
 *
 * https://github.com/redis/lettuce/wiki/Redis-URI-and-connection-details
 */
export const SentinelUrl = z
  .string()
  .transform((url): unknown => FORM.exec(url)?.groups)
  .pipe(
    z.object(
      {
        username: z.string().default('').transform(decode),
        password: z.string().default('').transform(decode),
        sentinels: z
          .string()
          .transform((list) => list.split(','))
          .pipe(z.array(Sentinel)),
        db: z.string().regex(/^\d*$/, 'must have a number for a database').default('').transform(Number),
        name: z
          .string('must end with #masterName, the name by which the sentinels know the primary')
          .min(1, 'must have a name behind its #')
          .transform(decode),
      },
      `must look like ${EXAMPLE}`,
    ),
  );

export const isSentinelUrl = (url: string): boolean => url.startsWith('redis-sentinel://');

/** Where Redis is; the URL itself, since ioredis reads the other two forms. */
export const RedisUrl = z
  .string()
  .regex(/^(rediss?|redis-sentinel):\/\//, 'must begin with redis://, rediss:// or redis-sentinel://')
  .superRefine((url, context) => {
    if (isSentinelUrl(url))
      for (const { message } of SentinelUrl.safeParse(url).error?.issues ?? []) context.addIssue(message);
  });
