import { describe, expect, test } from '@jest/globals';
import { startParley } from '@parley/parley/service';
import type { Sandbox } from '../sandbox.ts';
import { handOff, said, startTestSandbox } from './start.ts';

// What no source tells of HubSpot. Each form is played by the simulator's setting of that name, and Parley has to live with it.

type Settings = Parameters<Sandbox['simulator']['configure']>[0];
type HandedOff = Awaited<ReturnType<typeof handOff>>;

/** A conversation with the agents in a HubSpot of this kind. */
async function inHubSpotWith(settings: Settings) {
  const sandbox = await startTestSandbox();
  sandbox.simulator.configure(settings);
  const handedOff = await handOff(sandbox);
  await sandbox.settled();
  return { sandbox, ...handedOff, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

const agentSaid = ({ visitor }: Pick<HandedOff, 'visitor'>) =>
  visitor.lines().flatMap((line) => (line.from === 'agent' ? [line.text] : []));

describe('the words of an agent reach the visitor, and the close ends it, whether HubSpot', () => {
  test.each<[string, Settings]>([
    ['writes the status as an object', { webhookStatus: 'object' }],
    ['writes the status as a string', { webhookStatus: 'string' }],
    ['writes the portal as a string', { webhookPortalId: 'string' }],
    ['writes the portal as a number', { webhookPortalId: 'number' }],
    ['names the sender', { webhookSenderName: 'present' }],
    ['does not name the sender', { webhookSenderName: 'absent' }],
    ['names an assignee by actor', { webhookAssignee: 'actor-id' }],
    ['names an assignee by user', { webhookAssignee: 'user-id' }],
    ['tells threads apart by our id', { threadingModel: 'INTEGRATION_THREAD_ID' }],
    ['tells threads apart by the visitor, and makes up the id', { threadingModel: 'DELIVERY_IDENTIFIER' }],
    ['asks for every field of its specification', { validation: 'strict' }],
    ['asks for the fields of its guide', { validation: 'lenient' }],
    ['puts the contact that we name on the thread', { associateWithContactId: 'honoured' }],
    ['does not', { associateWithContactId: 'ignored' }],
  ])('%s', async (_, settings) => {
    await using here = await inHubSpotWith(settings);
    const { sandbox, visitor, thread } = here;
    sandbox.simulator.agent.assign(thread.id, 'Leslie K');
    sandbox.simulator.agent.reply(thread.id, 'hello');
    await visitor.until(() => agentSaid(here).length === 1);
    visitor.say('thanks');
    await sandbox.simulator.until(() => said(thread).includes('thanks'));
    sandbox.simulator.agent.close(thread.id);
    await visitor.until((_lines, mode) => mode === 'bot');
    await sandbox.settled();
    expect(agentSaid(here)).toEqual(['hello']);
    expect((await sandbox.letters.agentMessages.list()).total).toBe(0);
  });
});

const taking = (versions: readonly ('v3' | 'v2' | 'v1' | 'none')[]) =>
  startTestSandbox({
    parley: (config, parts) => startParley({ ...config, HUBSPOT_SIGNATURES: [...versions] }, parts),
  });

describe('signatures', () => {
  test.each([
    { accepted: ['v3'], sent: ['v3'] },
    { accepted: ['v3'], sent: ['v2', 'v3'] },
    { accepted: ['v3', 'v2'], sent: ['v2'] },
    { accepted: ['v3', 'none'], sent: [] },
    { accepted: ['v3', 'none'], sent: ['v3'] },
  ] as const)('where $accepted is taken, a channel that sends $sent is heard', async ({ accepted, sent }) => {
    await using sandbox = await taking(accepted);
    sandbox.simulator.configure({ channelSignatures: [...sent] });
    const handedOff = await handOff(sandbox);
    sandbox.simulator.agent.reply(handedOff.thread.id, 'hello');
    await handedOff.visitor.until(() => agentSaid(handedOff).length === 1);
  });

  test.each([
    { accepted: ['v3'], sent: ['v2'] },
    { accepted: ['v3'], sent: [] },
    { accepted: ['v3', 'none'], sent: ['v2'] },
  ] as const)('where $accepted is taken, a channel that sends $sent is refused', async ({ accepted, sent }) => {
    await using sandbox = await taking(accepted);
    sandbox.simulator.configure({ channelSignatures: [...sent], channelAttempts: 1 });
    const { thread } = await handOff(sandbox);
    sandbox.simulator.agent.reply(thread.id, 'hello');
    await sandbox.simulator.webhooks.settled();
    const deliveries = sandbox.simulator.webhooks.deliveries().filter(({ target }) => target === 'channel');
    expect(deliveries).toMatchObject([{ state: 'given up', attempts: [401] }]);
  });
});

describe('the answer to an id that HubSpot has seen', () => {
  test.each([201, 200, 409] as const)(
    'may be %i: the words stand in the thread once, and no others wait',
    async (status) => {
      await using here = await inHubSpotWith({ duplicateResponse: status });
      const { sandbox, visitor, thread } = here;
      sandbox.simulator.faults.loseAnswer({ operation: 'publish', times: 2 });
      for (const text of ['one', 'two', 'three']) visitor.say(text);
      await sandbox.simulator.until(() => said(thread).length === 4);
      await sandbox.settled();
      expect(said(thread).slice(1)).toEqual(['one', 'two', 'three']);
      expect((await sandbox.letters.visitorMessages.list()).total).toBe(0);
    },
  );
});

const lateClose = async (closedThread: 'reopen' | 'new-thread') => {
  const here = await inHubSpotWith({ closedThread });
  const { sandbox, visitor, thread } = here;
  sandbox.simulator.webhooks.add({ kind: 'drop', target: 'events' });
  sandbox.simulator.agent.close(thread.id);
  visitor.say('one more thing');
  await sandbox.simulator.until(() =>
    sandbox.simulator.threads().some((each) => said(each).includes('one more thing')),
  );
  await sandbox.settled();
  return here;
};

describe("a visitor's words in a thread that was closed, of which the word has not come yet,", () => {
  test('may open it again', async () => {
    await using here = await lateClose('reopen');
    const { sandbox, thread } = here;
    expect(sandbox.simulator.threads()).toHaveLength(1);
    expect(sandbox.simulator.thread(thread.id).status).toBe('OPEN');
    sandbox.simulator.agent.reply(thread.id, 'yes?');
    await here.visitor.until(() => agentSaid(here).includes('yes?'));
  });

  test('may open another one: answers in either reach the visitor, and closing the new one ends it', async () => {
    await using here = await lateClose('new-thread');
    const { sandbox, visitor, thread } = here;
    const next = sandbox.simulator.threads().find(({ id }) => id !== thread.id);
    expect(next && said(next)).toEqual(['one more thing']);
    sandbox.simulator.agent.reply(next?.id ?? '', 'yes?');
    await visitor.until(() => agentSaid(here).includes('yes?'));
    sandbox.simulator.agent.reply(thread.id, 'in the old one');
    await visitor.until(() => agentSaid(here).includes('in the old one'));
    visitor.say('still here');
    await sandbox.simulator.until(() => next !== undefined && said(next).includes('still here'));
    sandbox.simulator.agent.close(next?.id ?? '');
    await visitor.until((_lines, mode) => mode === 'bot');
  });
});

const failOnce = async (channelAttempts: number) => {
  const here = await inHubSpotWith({ channelAttempts, retryDelayMs: 20 });
  const { simulator, environment } = here.sandbox;
  const { PUBLIC_URL, HUBSPOT_WEBHOOK_TOKEN } = environment;
  simulator.connect({ channelWebhookUrl: `${PUBLIC_URL}/nobody/is/here` });
  simulator.agent.reply(here.thread.id, 'first');
  await simulator.until(() =>
    simulator.webhooks.deliveries().some(({ target, attempts }) => target === 'channel' && attempts.length > 0),
  );
  simulator.connect({ channelWebhookUrl: `${PUBLIC_URL}/v1/hubspot/channel/${HUBSPOT_WEBHOOK_TOKEN}` });
  return here;
};

describe("a webhook of the channel's that fails", () => {
  test('and is sent again arrives', async () => {
    await using here = await failOnce(10);
    await here.visitor.until(() => agentSaid(here).includes('first'));
  });

  test('and is never sent again holds up nothing that comes after it', async () => {
    await using here = await failOnce(1);
    here.sandbox.simulator.agent.reply(here.thread.id, 'second');
    await here.visitor.until(() => agentSaid(here).includes('second'));
  });
});

/** An agent's words as HubSpot documents them. */
const event = ({ sandbox, thread }: Awaited<ReturnType<typeof inHubSpotWith>>) => ({
  type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
  portalId: sandbox.environment.HUBSPOT_PORTAL_ID,
  channelId: sandbox.environment.HUBSPOT_CHANNEL_ID,
  eventTimestamp: new Date().toISOString(),
  channelIntegrationThreadIds: [thread.integrationThreadId],
  message: {
    type: 'MESSAGE',
    id: 'aa11',
    channelAccountId: sandbox.account.account,
    conversationsThreadId: thread.id,
    createdAt: new Date().toISOString(),
    senders: [{ actorId: 'A-1', name: 'Leslie K' }],
    text: 'hello',
    direction: 'OUTGOING',
  },
});
type Event = ReturnType<typeof event>;

describe('a webhook of the channel that is not documented in this form', () => {
  test.each<[string, (event: Event) => Record<string, unknown>]>([
    ['names no thread of ours', (sent) => ({ ...sent, channelIntegrationThreadIds: [] })],
    ['leaves the threads out', (sent) => ({ ...sent, channelIntegrationThreadIds: undefined })],
    [
      'names several threads, of which one is ours',
      (sent) => ({ ...sent, channelIntegrationThreadIds: [crypto.randomUUID(), ...sent.channelIntegrationThreadIds] }),
    ],
    [
      'has numbers for ids',
      (sent) => ({ ...sent, portalId: Number(sent.portalId), channelId: Number(sent.channelId) }),
    ],
    ['has no sender', (sent) => ({ ...sent, message: { ...sent.message, senders: [] } })],
    [
      'has its words in the rich text alone',
      (sent) => ({ ...sent, message: { ...sent.message, text: '', richText: '<p>hello</p>' } }),
    ],
    [
      'has a time in milliseconds',
      (sent) => ({ ...sent, eventTimestamp: Date.now(), message: { ...sent.message, createdAt: Date.now() } }),
    ],
  ])('and %s brings its words', async (_, change) => {
    await using here = await inHubSpotWith({});
    here.sandbox.simulator.webhooks.send('channel', [change(event(here))]);
    await here.visitor.until(() => agentSaid(here).length === 1);
    expect(agentSaid(here)).toEqual(['hello']);
  });

  test.each<[string, Record<string, unknown>]>([
    ['of a type that nobody knows', { type: 'CHANNEL_SOMETHING_ELSE' }],
    [
      'of an account, named by a string',
      { type: 'CHANNEL_ACCOUNT_UPDATED', channelAccountDeliveryIdentifier: 'parley' },
    ],
    [
      'of an account, named by an object',
      {
        type: 'CHANNEL_ACCOUNT_UPDATED',
        channelAccountDeliveryIdentifier: { type: 'CHANNEL_SPECIFIC_OPAQUE_ID', value: 'parley' },
      },
    ],
  ])('and is %s is answered 200, since HubSpot would repeat it', async (_, change) => {
    await using here = await inHubSpotWith({});
    const { simulator } = here.sandbox;
    const { message: _message, ...sent } = event(here);
    const channelAccountId = here.sandbox.account.account;
    simulator.webhooks.send('channel', [{ ...sent, channelAccountId, ...change }]);
    await simulator.webhooks.settled();
    expect(simulator.webhooks.deliveries().at(-1)).toMatchObject({ state: 'delivered', attempts: [200] });
  });
});
