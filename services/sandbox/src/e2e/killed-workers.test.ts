import { expect, test } from '@jest/globals';
import { startIngress } from '@parley/ingress/service';
import type { ParleyConfig } from '@parley/parley/config';
import type { Telemetry } from '@parley/shared/telemetry/telemetry';
import type { Sandbox } from '../sandbox.ts';
import { startServiceProcess } from '../service-process.ts';
import { handOff, said, startTestSandbox, takeThread } from './start.ts';

/** A dead worker's lock runs out after 15 s, and the next check for stalled turns comes within 5 s. */
const TAKEN_OVER_MS = 60_000;

async function ingressAlone(config: ParleyConfig, { telemetry }: { telemetry: Telemetry }) {
  const ingress = await startIngress(config, { telemetry });
  return {
    ingressUrl: ingress.url,
    dashboardUrl: '',
    ready: ingress.ready,
    [Symbol.asyncDispose]: () => ingress[Symbol.asyncDispose](),
  };
}

const startWorkers = async ({ environment }: Sandbox) => {
  const [publisher, dispatcher] = await Promise.all([
    startServiceProcess({ command: ['services/hubspot-publisher/src/main.ts'], environment }),
    startServiceProcess({ command: ['services/bot-dispatcher/src/main.ts'], environment }),
  ]);
  return { publisher, dispatcher };
};

/** One message each way is in the workers' hands, and two more wait behind each. */
async function inTheMiddle(sandbox: Sandbox) {
  const { simulator, bot } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  await takeThread(sandbox, thread.id);
  await sandbox.settled();
  simulator.faults.slow(500, { operation: 'publish' });
  const published = () => simulator.requests().filter((request) => request.operation === 'publish').length;
  for (const text of ['one', 'two', 'three']) visitor.say(text);
  await simulator.until(() => published() === 2);
  const taken = bot.callback.loseAnswer();
  for (const text of ['first', 'second', 'third']) simulator.agent.reply(thread.id, text);
  await taken;
  return { visitor, thread };
}

const agentTexts = (lines: readonly { from: string; text: string }[]) =>
  lines.filter((line) => line.from === 'agent').map((line) => line.text);

const attemptsAt = ({ simulator }: Sandbox, text: string) =>
  simulator
    .requests()
    .filter(({ body }) => typeof body === 'object' && body !== null && 'text' in body && body.text === text);

test('workers killed with SIGKILL in mid-message lose nothing, keep the order, and the other side sees each message once', async () => {
  await using sandbox = await startTestSandbox({ parley: ingressAlone });
  const { simulator } = sandbox;
  const first = await startWorkers(sandbox);
  const { visitor, thread } = await inTheMiddle(sandbox);

  await Promise.all([first.publisher.kill(), first.dispatcher.kill()]);
  const second = await startWorkers(sandbox);
  await using _publisher = second.publisher;
  await using _dispatcher = second.dispatcher;
  await simulator.until(() => said(thread).length === 7, { timeoutMs: TAKEN_OVER_MS });
  await visitor.until((lines) => agentTexts(lines).length === 3, TAKEN_OVER_MS);
  await sandbox.settled();

  expect(attemptsAt(sandbox, 'one')).toHaveLength(2);
  expect(said(thread).filter((text) => ['one', 'two', 'three'].includes(text))).toEqual(['one', 'two', 'three']);
  expect(agentTexts(visitor.lines())).toEqual(['first', 'second', 'third']);
}, 90_000);

test('workers stopped with SIGSTOP past their locks and woken again lose nothing, keep the order, and double nothing', async () => {
  await using sandbox = await startTestSandbox({ parley: ingressAlone });
  const { simulator } = sandbox;
  const sleepers = await startWorkers(sandbox);
  await using _sleepingPublisher = sleepers.publisher;
  await using _sleepingDispatcher = sleepers.dispatcher;
  const { visitor, thread } = await inTheMiddle(sandbox);

  sleepers.publisher.stop();
  sleepers.dispatcher.stop();
  const successors = await startWorkers(sandbox);
  await using _publisher = successors.publisher;
  await using _dispatcher = successors.dispatcher;
  await simulator.until(() => said(thread).includes('two'), { timeoutMs: TAKEN_OVER_MS });
  await visitor.until((lines) => agentTexts(lines).length >= 2, TAKEN_OVER_MS);
  sleepers.publisher.wake();
  sleepers.dispatcher.wake();
  visitor.say('four');
  simulator.agent.reply(thread.id, 'fourth');
  await simulator.until(() => said(thread).includes('four'), { timeoutMs: TAKEN_OVER_MS });
  await visitor.until((lines) => agentTexts(lines).includes('fourth'), TAKEN_OVER_MS);
  await sandbox.settled();

  expect(attemptsAt(sandbox, 'one')).toHaveLength(2);
  const words = ['one', 'two', 'three', 'four'];
  expect(said(thread).filter((text) => words.includes(text))).toEqual(words);
  expect(agentTexts(visitor.lines())).toEqual(['first', 'second', 'third', 'fourth']);
}, 90_000);
