import { addComment, addReply } from './agent-words.ts';
import type { Portal, Thread } from './portal.ts';
import { agentAuthor, assign, changeStatus } from './thread-status.ts';
import { associate } from './visitors.ts';

interface By {
  /** The agent's name; who is new by name is a new agent. */
  readonly agent?: string | undefined;
}

const SOMEBODY = 'Leslie K';

/**
 * What an agent does at the inbox. All of it takes effect at once, and the webhooks follow by themselves. An unknown thread is an
 * error of the caller's.
 */
export function createAgent(portal: Portal) {
  const author = ({ agent = SOMEBODY }: By) => agentAuthor(actorIdOf(portal, agent));
  return {
    /** Answers the visitor and gives the message's id. A thread that nobody has becomes the agent's, as in HubSpot. */
    reply: (threadId: string, text: string, by: By = {}): string => {
      const thread = threadOf(portal, threadId);
      if (thread.assignedTo === undefined) assign(portal, { thread, to: author(by).actorId, by: author(by) });
      return addReply(portal, { thread, by: author(by), text }).id;
    },
    comment: (threadId: string, text: string, by: By = {}): string =>
      addComment(portal, { thread: threadOf(portal, threadId), by: author(by), text }).id,
    close: (threadId: string, by: By = {}): void =>
      changeStatus(portal, { thread: threadOf(portal, threadId), status: 'CLOSED', by: author(by) }),
    reopen: (threadId: string, by: By = {}): void =>
      changeStatus(portal, { thread: threadOf(portal, threadId), status: 'OPEN', by: author(by) }),
    /** Gives the thread to an agent by name, or to nobody. */
    assign: (threadId: string, agent: string | undefined): void =>
      assign(portal, {
        thread: threadOf(portal, threadId),
        to: agent === undefined ? undefined : actorIdOf(portal, agent),
        by: author({ agent }),
      }),
    /** Says which contact an unknown visitor is. */
    associate: (threadId: string, contactId: string): void => associate(portal, threadOf(portal, threadId), contactId),
  };
}
export type Agent = ReturnType<typeof createAgent>;

function actorIdOf(portal: Portal, name: string): string {
  const known = [...portal.agents].find(([, other]) => other === name)?.[0];
  if (known !== undefined) return known;
  const actorId = portal.ids.agentActor();
  portal.agents.set(actorId, name);
  return actorId;
}

function threadOf(portal: Portal, id: string): Thread {
  const thread = portal.threads.get(id);
  if (!thread) throw new Error(`there is no thread ${id}`);
  return thread;
}
