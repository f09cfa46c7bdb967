import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setInterval } from 'node:timers/promises';
import { findRedis } from './redis/find-redis.ts';
import { startSandbox } from './sandbox.ts';

const print = (line = '') => void process.stdout.write(`${line}\n`);

/**
 * Starts everything, says where it is, and stops at Ctrl-C. Nothing is kept: each demo has keys of its own in Redis. With a callback
 * address, Parley's events go to somebody's own bot instead of the demo bot.
 */
export async function runDemo(
  env: NodeJS.ProcessEnv,
  { callbackUrl }: { callbackUrl?: string | undefined } = {},
): Promise<void> {
  await using redis = await findRedis({ redisUrl: env.REDIS_URL, print });
  await using sandbox = await startSandbox({
    redisUrl: redis.url,
    namespace: `parley-demo-${randomBytes(4).toString('hex')}`,
    ports: 'preferred',
    logLevel: env.LOG_LEVEL ?? 'error',
    ...(callbackUrl !== undefined && { callbackUrl }),
  });
  await sandbox.looks.request(sandbox.account); // as `parley accounts add` does
  // Heard from before the pages are told: whoever reads them may end it at once.
  const ended = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), leftByNpm(env)]);
  const { bot, simulator, parley, environment, secrets } = sandbox;
  print();
  print('  Parley is up. Open the first two side by side:');
  print();
  print(`    the visitor's chat   ${bot.chatUrl}`);
  print(`    the agent's inbox    ${simulator.inboxUrl}`);
  print(`    the dashboard        ${parley.dashboardUrl}   user operator, password ${environment.DASHBOARD_PASSWORD}`);
  print();
  print('  To play the bot yourself, with the commands of the README:');
  print(`    export PARLEY_URL=${environment.PUBLIC_URL} PARLEY_TOKEN=${secrets.token}`);
  print(
    callbackUrl === undefined
      ? "    Parley's answers go to the demo bot, unless you start with: npm run demo -- --callback-url <your bot's>"
      : `    Parley's answers go to ${callbackUrl}, signed with ${secrets.signingSecret}`,
  );
  print();
  print(`  Redis: ${redis.kind}. LOG_LEVEL=info shows every attempt. Ctrl-C ends it all.`);
  print();
  await ended;
  print('  Stopping …');
}

/** The shell that npm starts passes no SIGTERM on: once it has ended, this process has another parent. */
async function leftByNpm(env: NodeJS.ProcessEnv): Promise<void> {
  const parent = process.ppid;
  for await (const _ of setInterval(1_000, undefined, { ref: false }))
    if (env.npm_lifecycle_event !== undefined && process.ppid !== parent) return;
}
