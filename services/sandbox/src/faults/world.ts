import { randomBytes } from 'node:crypto';
import type { HubSpotSimulator } from '@parley/hubspot-simulator/service';
import type { startParley } from '@parley/parley/service';
import { connectPatient } from '@parley/shared/redis/connect';
import { ownRedis } from '@parley/shared/testing/own-redis';
import { ownSentinels } from '@parley/shared/testing/own-sentinels';
import { stopWhenWeDie } from '../redis/stop-when-we-die.ts';
import { startSandbox } from '../sandbox.ts';
import { type Bridge, startBridge } from './bridge.ts';
import type { Random } from './random.ts';
import { type RecordingBot, startRecordingBot } from './recording-bot.ts';
import type { Row } from './row.ts';
import { openSecondAccount, type SecondAccount } from './second-account.ts';
import type { Shape } from './shapes.ts';

/** Everything that one shape meets in one row: a HubSpot, a bot and a Redis that nobody else knows. */
export interface World extends AsyncDisposable {
  readonly shape: Shape;
  readonly random: Random;
  readonly simulator: HubSpotSimulator;
  readonly bot: RecordingBot;
  readonly redis: Awaited<ReturnType<typeof ownRedis>> & { failOver?: () => Promise<void> };
  /** Sets one of Redis's own settings while it runs. */
  readonly configureRedis: (name: string, value: string) => Promise<unknown>;
  readonly bridge: Bridge;
  /** How the bot reaches the shape's door. */
  readonly door: { readonly url: string; readonly token: string };
  /** A neighbour, of whose conversations nothing is counted. */
  readonly second: SecondAccount;
  readonly busy: () => Promise<boolean>;
}

/** A tenth of the pauses between attempts, for every shape; what is down for a minute is down for six seconds. */
const RETRY_PACE = 0.1;

/** Much more than is said: rows about the rate limit say so themselves. */
const RATE_LIMIT = { max: 50_000, windowMs: 10_000 };

export async function startWorld(
  shape: Shape,
  { random, apart = false, clocks = {}, replicated }: { random: Random } & Pick<Row, 'apart' | 'clocks' | 'replicated'>,
): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await (replicated ? ownSentinels : ownRedis)({ launched: stopWhenWeDie }));
  if (!replicated) await redis.start();
  const bot = stack.use(await startRecordingBot());
  const namespace = `faults-${randomBytes(4).toString('hex')}`;
  const sandbox = stack.use(
    await startSandbox({
      redisUrl: redis.url,
      namespace,
      callbackUrl: bot.callbackUrl,
      parley: nothing,
    }),
  );
  const { simulator, environment, account, secrets } = sandbox;
  simulator.configure({ rateLimit: RATE_LIMIT, channelAttempts: 200, eventAttempts: 200, retryDelayMs: 200 });
  const connection = stack.adopt(connectPatient(redis.url), (open) => open.disconnect());
  connection.on('error', () => undefined); // Redis goes away on purpose
  const second = await openSecondAccount(sandbox, { redis: connection, callbackUrl: bot.callbackUrl });
  const first = {
    channelAccountId: account.account,
    accessToken: environment.HUBSPOT_ACCESS_TOKEN,
    botToken: secrets.token,
  };
  const ofBaselines = { ACCOUNTS: JSON.stringify([first, second]), BOT_CALLBACK_URL: bot.callbackUrl };
  const bridge = stack.use(
    await startBridge(shape, {
      apart,
      clocks,
      environment: { ...environment, ...ofBaselines, RETRY_PACE: String(RETRY_PACE) },
    }),
  );
  const url = environment.PUBLIC_URL ?? '';
  const opened = stack.move();
  return {
    shape,
    random,
    simulator,
    bot,
    redis,
    configureRedis: (name, value) => connection.config('SET', name, value),
    bridge,
    door: { url, token: secrets.token },
    second,
    busy: () => shape.busy({ redis: connection, namespace, url }),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** In Parley's place within the sandbox: the shapes are processes of their own. */
const nothing: typeof startParley = async () => ({
  ingressUrl: '',
  dashboardUrl: '',
  ready: async () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
});
