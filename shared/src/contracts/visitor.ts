import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);

/** What the bot knows of the person in the chat. Every field is optional: a visitor may stay anonymous. */
export const Visitor = z.strictObject({
  /** The bot's own stable id of this person, so that HubSpot recognises an anonymous visitor who comes back. */
  id: text(200).optional(),
  /** Full name as the visitor wrote it; the agent sees it beside each message. */
  name: text(200).optional(),
  /** The contact in HubSpot is created or updated by this address. Send it only when the visitor gave it as their own. */
  email: z.email().max(254).optional(),
  /** International form, `+15005550006`. */
  phone: z.e164('must be in international form, like +15005550006').optional(),
});
export type Visitor = z.infer<typeof Visitor>;
