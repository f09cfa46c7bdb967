import { expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { quickLadders } from './quick-ladders.ts';
import { handOff, said, startTestSandbox } from './start.ts';

/** A second failure that is its own would be a message's last. */
const catalogue = { ...quickLadders, visitorMessages: { ...quickLadders.visitorMessages, ladder: [300] } };

const NAMES = ['Ada', 'Bob', 'Cyd'];

async function handOffAll(sandbox: Sandbox) {
  const all: Awaited<ReturnType<typeof handOff>>[] = [];
  for (const name of NAMES) all.push(await handOff(sandbox, { name, email: `${name}@example.com` }));
  await sandbox.settled();
  return all;
}

test('an outage of HubSpot that outlasts every attempt costs no message its life, and order is kept', async () => {
  await using sandbox = await startTestSandbox({ catalogue });
  const all = await handOffAll(sandbox);
  const { simulator, attempts, letters } = sandbox;
  const callsBefore = simulator.requests().length;
  simulator.faults.down();
  for (const { visitor } of all) for (const words of ['one', 'two']) visitor.say(words);
  await simulator.until(() => simulator.requests().length - callsBefore >= 6);
  expect(attempts.filter(({ outcome }) => outcome === 'dead')).toEqual([]);
  const reasons = attempts.filter(({ outcome }) => outcome === 'snoozed').map(({ reason }) => reason);
  expect(reasons).toContainEqual(expect.stringContaining("HubSpot serves nobody's words (503)"));

  simulator.faults.up();
  await simulator.until(() => all.every(({ thread }) => said(thread).length === 3));
  await sandbox.settled();
  for (const { thread } of all) expect(said(thread).slice(1)).toEqual(['one', 'two']);
  expect((await letters.visitorMessages.list()).letters).toEqual([]);
});

test('words on which HubSpot breaks die alone, also those of two conversations one after the other', async () => {
  await using sandbox = await startTestSandbox({ catalogue });
  const [ada, bob, cyd] = await handOffAll(sandbox);
  const { simulator, letters, attempts } = sandbox;
  const dead = async () => (await letters.visitorMessages.list()).letters.length;
  for (const [place, one] of [ada, bob].entries()) {
    simulator.faults.add({ kind: 'answer', status: 500, operation: 'publish', times: 2 });
    one?.visitor.say('breaks it');
    await sandbox.until(async () => (await dead()) === place + 1, 'it is dead');
  }
  cyd?.visitor.say('goes on');
  await simulator.until(() => said(cyd?.thread ?? { messages: [] }).includes('goes on'));
  expect(attempts.filter(({ outcome }) => outcome === 'snoozed')).toEqual([]);
});
