import { expect, test } from '@jest/globals';
import { handOff, said, startTestSandbox } from './start.ts';

test('a bot that was told that a message will not arrive is told when an operator has brought it to the agents', async () => {
  await using sandbox = await startTestSandbox();
  const { simulator, bot } = sandbox;
  const { visitor, thread } = await handOff(sandbox);
  simulator.faults.answer(400, { operation: 'publish', times: 2 });
  visitor.say('refused at first');
  const told = () =>
    bot.received.all().flatMap(({ event }) => (event?.type.startsWith('message.') ? [event.type] : []));
  const replay = async () => {
    await sandbox.until(async () => (await sandbox.letters.visitorMessages.list()).total === 1, 'the dead letter');
    const [letter] = (await sandbox.letters.visitorMessages.list()).letters;
    await sandbox.letters.visitorMessages.replay(letter?.id ?? '');
  };
  await replay();
  await replay();
  await visitor.until((lines) =>
    lines.some(({ text, delivery }) => text === 'refused at first' && delivery === 'sent'),
  );
  visitor.say('at once');
  await simulator.until(() => said(thread).includes('at once'));
  await sandbox.settled();
  expect(told()).toEqual(['message.undeliverable', 'message.delivered']);
  expect(said(thread).slice(1)).toEqual(['refused at first', 'at once']);
});
