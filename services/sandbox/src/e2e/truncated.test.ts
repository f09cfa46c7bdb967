import { describe, expect, test } from '@jest/globals';
import type { Sandbox } from '../sandbox.ts';
import { handOff, QUICK, startTestSandbox } from './start.ts';

const WHOLE = 'one two three four five six';
const CUT = 'one two three four f\n\n[HubSpot shortened this message, and the rest of it could not be had.]';

/** What the bot took of the agents, in order. */
const heard = ({ bot }: Pick<Sandbox, 'bot'>) =>
  bot.received.all().flatMap(({ event, status }) => {
    if (status >= 300 || event === undefined) return [];
    if (event.type === 'agent.message') return [event.data.text];
    return event.type === 'handoff.closed' ? ['(closed)'] : [];
  });

/** A handoff in an account that cuts what agents write after 20 characters. */
async function setup(options: Parameters<typeof startTestSandbox>[0] = {}) {
  const sandbox = await startTestSandbox(options);
  sandbox.simulator.configure({ maxReplyText: 20 });
  const { visitor, thread } = await handOff(sandbox);
  const heardAll = (count: number) => sandbox.bot.received.until(() => heard(sandbox).length === count);
  return { ...sandbox, visitor, thread, heardAll, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

describe("an agent's message that HubSpot cut reaches the visitor", () => {
  test('whole, with its formatting and the images of the part that was cut off', async () => {
    await using it = await setup();
    const file = { name: 'plan.png', contentType: 'image/png', content: Buffer.from('pixels') };
    const inline = it.simulator.agent.inlineImage(it.thread.id, file);
    const richText = `<p>one two three <b>four</b> five six<img src="${inline}" alt="plan.png"></p>`;
    const map = { type: 'FILE' as const, ...file, name: 'map.png' };
    it.simulator.agent.reply(it.thread.id, WHOLE, { richText, attachments: [map] });
    await it.heardAll(1);
    const { event } = it.bot.received.all().findLast((call) => call.event?.type === 'agent.message') ?? {};
    expect(event?.data).toMatchObject({
      text: WHOLE,
      richText: '<p>one two three <b>four</b> five six</p>',
      attachments: [{ name: 'map.png' }, { name: 'plan.png' }],
    });
  });

  test('whole and in its place, though HubSpot could not be asked for a while', async () => {
    await using it = await setup();
    it.simulator.faults.answer(503, { operation: 'original-content', times: 2 });
    it.simulator.agent.reply(it.thread.id, WHOLE);
    it.simulator.agent.reply(it.thread.id, 'after');
    await it.heardAll(2);
    expect(heard(it)).toEqual([WHOLE, 'after']);
    const snoozed = it.attempts.filter(({ outcome }) => outcome === 'snoozed');
    expect(snoozed.map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  test('whole when its webhook was lost and the thread was read', async () => {
    await using it = await setup();
    it.simulator.webhooks.add({ kind: 'drop', target: 'channel' });
    it.simulator.agent.reply(it.thread.id, WHOLE);
    it.simulator.agent.close(it.thread.id);
    await it.heardAll(2);
    expect(heard(it)).toEqual([WHOLE, '(closed)']);
  });

  test.each([
    ['the app may not read it', 403, QUICK.closing.patienceMs],
    ['it is gone', 404, QUICK.closing.patienceMs],
    ['HubSpot could not be asked for too long', 503, 100],
  ])('as it was cut, with a line that says so, when %s', async (_why, status, patienceMs) => {
    await using it = await setup({ paces: { closing: { ...QUICK.closing, patienceMs } } });
    it.simulator.faults.answer(status, { operation: 'original-content', times: null });
    it.simulator.agent.reply(it.thread.id, WHOLE);
    it.visitor.say('the portal does not wait for it');
    await it.heardAll(1);
    expect(heard(it)).toEqual([CUT]);
    await it.simulator.until(() => JSON.stringify(it.thread.messages).includes('the portal does not wait'));
  });
});
