import { z } from 'zod';

/** What one side said, and under which id it is said again. */
export interface Words {
  readonly id: string;
  /** Id of the channel account. */
  readonly account: string;
  /** Of the bot; HubSpot's `integrationThreadId` as well. */
  readonly conversation: string;
  readonly text: string;
}

const FromBot = z.object({ id: z.string(), conversationId: z.string(), data: z.object({ text: z.string() }) });

/** One event of the bot's or a list of them, of which only words are understood. Throws when it is anything else. */
export const wordsFromBot = (body: unknown, account: string): Words[] =>
  z
    .array(FromBot)
    .parse(Array.isArray(body) ? body : [body])
    .map(({ id, conversationId, data }) => ({ id, account, conversation: conversationId, text: data.text }));

const FromHubSpot = z.object({
  channelIntegrationThreadIds: z.tuple([z.string()], z.string()),
  message: z.object({ id: z.string(), channelAccountId: z.string(), text: z.string() }),
});

/** An agent's reply, out of a webhook of the channel. Throws when it is none. */
export function wordsFromHubSpot(body: unknown): Words {
  const { channelIntegrationThreadIds, message } = FromHubSpot.parse(body);
  const { id, channelAccountId: account, text } = message;
  return { id, account, conversation: channelIntegrationThreadIds[0], text };
}
