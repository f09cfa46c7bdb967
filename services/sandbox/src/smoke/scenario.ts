import { deepStrictEqual } from 'node:assert';
import { followUpId } from '@parley/shared/contracts/ids';
import type { Sandbox } from '../sandbox.ts';

/** One message that crossed the bridge. `reportId` names the report on it, where there is one. */
export interface CrossedMessage {
  readonly what: string;
  readonly eventId: string;
  readonly reportId?: string;
}

const VISITOR_SAYS = ['My order has not come.', 'It is number 4711.', 'Since Monday.'];
const AGENT_SAYS = ['Hello Ada, Leslie here.', 'I found it.', 'It comes tomorrow.'];

/**
 * A visitor asks for a person, each side says three things, the agent closes, the bot has the conversation back. Throws when
 * anything is missing, doubled or out of order on either side. Gives what crossed, in the order of crossing.
 */
export async function playScenario(sandbox: Sandbox): Promise<readonly CrossedMessage[]> {
  const { bot, simulator } = sandbox;
  const visitor = bot.visitor();
  visitor.say('When do you open?');
  visitor.requestAgent({ name: 'Ada Lovelace', email: 'ada@example.com' });
  await bot.received.until(({ event }) => event?.type === 'handoff.accepted');
  const [thread] = simulator.threads();
  if (!thread) throw new Error('the handoff was accepted, but HubSpot has no thread');

  for (const text of VISITOR_SAYS) visitor.say(text);
  const incoming = () =>
    thread.messages.flatMap((message) =>
      message.type === 'MESSAGE' && message.direction === 'INCOMING' ? [message.text] : [],
    );
  await simulator.until(() => incoming().length > VISITOR_SAYS.length);
  for (const text of AGENT_SAYS) simulator.agent.reply(thread.id, text);
  const answers = () => visitor.lines().filter((line) => line.from === 'agent');
  await visitor.until(() => answers().length >= AGENT_SAYS.length);
  simulator.agent.close(thread.id);
  await visitor.until((_lines, mode) => mode === 'bot');
  await sandbox.settled();

  deepStrictEqual(incoming().slice(1), VISITOR_SAYS, "the visitor's words in HubSpot");
  deepStrictEqual(
    answers().map((line) => line.text),
    AGENT_SAYS,
    "the agent's words at the bot",
  );
  deepStrictEqual(
    simulator.contacts().map(({ properties }) => properties.email),
    ['ada@example.com'],
    'the contacts in HubSpot',
  );

  const fromVisitor = visitor.lines().filter((line) => line.delivery !== undefined);
  return [
    { what: 'handoff.requested', eventId: requestIdOf(sandbox) },
    ...fromVisitor.map(({ id }, at) => ({ what: `visitor.message ${at + 1}`, eventId: id })),
    ...answers().map(({ messageId = '' }, at) => ({
      what: `agent.message ${at + 1}`,
      eventId: messageId,
      reportId: followUpId('sent', messageId),
    })),
    { what: 'handoff.closed', eventId: closeIdOf(sandbox) },
  ];
}

function requestIdOf({ attempts }: Sandbox): string {
  return attempts.find((line) => line.queue === 'visitor-messages')?.eventId ?? '';
}

/** The close is what the bot's lane carried last. */
function closeIdOf({ attempts }: Sandbox): string {
  return attempts.findLast((line) => line.queue === 'agent-messages')?.eventId ?? '';
}
