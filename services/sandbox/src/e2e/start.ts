import { afterEach, beforeEach } from '@jest/globals';
import { testRedis } from '@parley/shared/testing/test-redis';
import { holdTestsToHubSpotsApi } from '../conformity/hold-tests-to-it.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../sandbox.ts';
import { quickLadders } from './quick-ladders.ts';

const held = holdTestsToHubSpotsApi({ beforeEach, afterEach });

/** As patient as ever in each relation, and quick. */
export const QUICK = { closing: { graceMs: 50, lookAgainMs: 50, patienceMs: 5_000 }, reconcileRoundMs: 50 };

/**
 * A sandbox of its own on the Redis of the test run, which retries within milliseconds. Its test fails when it sends HubSpot anything
 * that is not in HubSpot's API.
 */
export async function startTestSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const { url, namespace } = testRedis();
  return held(await startSandbox({ redisUrl: url, namespace, catalogue: quickLadders, paces: QUICK, ...options }));
}

const ADA = { name: 'Ada Lovelace', email: 'ada@example.com', phone: '+15005550006' };

type VisitorDetails = NonNullable<Parameters<ReturnType<Sandbox['bot']['visitor']>['requestAgent']>[0]>;

/** A visitor who has asked for a person and stands in the inbox, with the thread that the agent sees. */
export async function handOff({ bot, simulator }: Sandbox, details: VisitorDetails = ADA) {
  const threads = new Set(simulator.threads().map((thread) => thread.id));
  const visitor = bot.visitor();
  visitor.say('When do you open?');
  visitor.requestAgent(details);
  await visitor.until((_lines, mode) => mode === 'agent' || mode === 'waiting');
  await bot.received.until(
    ({ event }) => event?.type === 'handoff.accepted' && event.conversationId === visitor.conversationId,
  );
  const thread = simulator.threads().find(({ id }) => !threads.has(id));
  if (!thread) throw new Error('the handoff was accepted, but the inbox shows no thread');
  return { visitor, thread };
}

/** An agent has the thread and the bot has heard of it: what the bot hears next is what the test does next. */
export async function takeThread({ bot, simulator }: Sandbox, threadId: string): Promise<void> {
  simulator.agent.assign(threadId, 'Leslie K');
  await bot.received.until(({ event }) => event?.type === 'handoff.assigned');
}

/** The texts of a thread in the order of arrival: what the visitor said, and what agents answered. */
export const said = (thread: { messages: readonly { type: string; text?: string }[] }): string[] =>
  thread.messages.flatMap(({ type, text }) => (type === 'MESSAGE' && text !== undefined ? [text] : []));
