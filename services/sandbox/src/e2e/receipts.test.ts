import { expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { handOff, startTestSandbox } from './start.ts';

const reports = ({ simulator }: Sandbox) =>
  simulator
    .requests()
    .filter(({ operation, status }) => operation === 'status' && status === 200)
    .map(({ path, body }) => `${path.split('/').at(-1)} ${Object(body).statusType}`);

test('reports that HubSpot refuses delay no words, come through in their order when it takes them, and take no step back', async () => {
  await using sandbox = await startTestSandbox();
  const { simulator } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  const refused = simulator.faults.answer(500, { operation: 'status', times: 8 });
  const [one, two] = ['one', 'two'].map((text) => simulator.agent.reply(thread.id, text));
  await visitor.until((lines) => lines.filter(({ from }) => from === 'agent').length === 2);
  for (const id of [two, one]) visitor.read(id ?? '');
  visitor.say('words go on');
  await simulator.until(() => JSON.stringify(thread.messages).includes('words go on'));
  await sandbox.settled();
  simulator.faults.remove(refused);
  expect(reports(sandbox)).toEqual([`${one} SENT`, `${two} SENT`, `${two} READ`, `${one} READ`]);
  // The bot did not answer in time and is told again: SENT is reported again, and would be a step back.
  simulator.webhooks.add({ kind: 'duplicate', target: 'channel' });
  simulator.agent.reply(thread.id, 'three');
  await visitor.until((lines) => lines.filter(({ from }) => from === 'agent').length === 3);
  await sandbox.settled();
  expect(reports(sandbox).slice(4)).toEqual([expect.stringMatching(/ SENT$/)]);
});
