import type { Reply } from './agent-attachments.ts';
import { agentAttachments, inlineAddress } from './agent-attachments.ts';
import { addComment, addReply } from './agent-words.ts';
import type { NewFile } from './file-store.ts';
import type { HubSpot } from './hubspot.ts';
import { findThread } from './hubspot.ts';
import type { Portal } from './portal.ts';
import { archiveThread, mergeThreads, privacyDeleteThread, restoreThread } from './thread-removal.ts';
import { agentAuthor, assign, changeStatus } from './thread-status.ts';
import { associate } from './visitors.ts';

interface By {
  /** The agent's name; who is new by name is a new agent. */
  readonly agent?: string | undefined;
}

const SOMEBODY = 'Leslie K';

/**
 * What an agent does at the inbox, in whichever account the thread is. All of it takes effect at once, and the webhooks follow by
 * themselves. An unknown thread is an error of the caller's.
 */
export function createAgent(hubspot: HubSpot) {
  const at = (threadId: string, { agent = SOMEBODY }: By) => {
    const { portal, thread } = findThread(hubspot, threadId);
    return { portal, thread, by: agentAuthor(actorIdOf(portal, agent)) };
  };
  return {
    /**
     * Answers the visitor and gives the message's id. A thread that nobody has becomes the agent's, as in HubSpot. Throws when the channel's
     * capabilities do not allow such a reply.
     */
    reply: (threadId: string, text: string, options: By & Reply = {}): string => {
      const { portal, thread, by } = at(threadId, options);
      const attachments = agentAttachments(portal, thread, options);
      if (thread.assignedTo === undefined) assign(portal, { thread, to: by.actorId, by });
      return addReply(portal, { thread, by, text, richText: options.richText, attachments }).id;
    },
    /** Uploads a picture for use inside of `richText`, and gives its address. */
    inlineImage: (threadId: string, file: NewFile): string => inlineAddress(findThread(hubspot, threadId).portal, file),
    comment: (threadId: string, text: string, options: By = {}): string => {
      const { portal, ...words } = at(threadId, options);
      return addComment(portal, { ...words, text }).id;
    },
    close: (threadId: string, options: By = {}): void => {
      const { portal, ...where } = at(threadId, options);
      changeStatus(portal, { ...where, status: 'CLOSED' });
    },
    reopen: (threadId: string, options: By = {}): void => {
      const { portal, ...where } = at(threadId, options);
      changeStatus(portal, { ...where, status: 'OPEN' });
    },
    /** Gives the thread to an agent by name, or to nobody. */
    assign: (threadId: string, agent: string | undefined): void => {
      const { portal, ...where } = at(threadId, { agent });
      assign(portal, { ...where, to: agent === undefined ? undefined : actorIdOf(portal, agent) });
    },
    /** Says which contact an unknown visitor is. */
    associate: (threadId: string, contactId: string): void => {
      const { portal, thread } = findThread(hubspot, threadId);
      associate(portal, thread, contactId);
    },
    /** Puts the thread into the bin. */
    archive: (threadId: string): void => {
      const { portal, thread } = findThread(hubspot, threadId);
      archiveThread(portal, thread);
    },
    /** Takes it out again. */
    restore: (threadId: string): void => {
      const { portal, thread } = findThread(hubspot, threadId);
      restoreThread(portal, thread);
    },
    /** Deletes the thread and its words for good. */
    privacyDelete: (threadId: string): void => {
      const { portal, thread } = findThread(hubspot, threadId);
      privacyDeleteThread(portal, thread);
    },
    /** Merges the second thread into the first, which survives. Both are of one account. */
    merge: (survivorId: string, absorbedId: string): void => {
      const survivor = findThread(hubspot, survivorId);
      const absorbed = findThread(hubspot, absorbedId);
      if (survivor.portal !== absorbed.portal) throw new Error('threads of two portals cannot be merged');
      mergeThreads(survivor.portal, survivor.thread, absorbed.thread);
    },
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
