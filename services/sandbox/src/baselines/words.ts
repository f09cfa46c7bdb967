import { z } from 'zod';

/** What one side said, and under which id it is said again. */
export interface Words {
  readonly id: string;
  /** Of the bot; HubSpot's `integrationThreadId` as well. */
  readonly conversation: string;
  readonly text: string;
}

const FromBot = z
  .object({ id: z.string(), conversationId: z.string(), data: z.object({ text: z.string() }) })
  .transform(({ id, conversationId, data }): Words => ({ id, conversation: conversationId, text: data.text }));

/** One event of the bot's or a list of them, of which only words are understood. Throws when it is anything else. */
export const wordsFromBot = (body: unknown): Words[] =>
  Array.isArray(body) ? z.array(FromBot).parse(body) : [FromBot.parse(body)];

const FromHubSpot = z.object({
  channelIntegrationThreadIds: z.tuple([z.string()], z.string()),
  message: z.object({ id: z.string(), text: z.string() }),
});

/** An agent's reply, out of a webhook of the channel. Throws when it is none. */
export function wordsFromHubSpot(body: unknown): Words {
  const { channelIntegrationThreadIds, message } = FromHubSpot.parse(body);
  return { id: message.id, conversation: channelIntegrationThreadIds[0], text: message.text };
}
