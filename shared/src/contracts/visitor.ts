import { z } from 'zod';

function text(max: number) {
  const remedy = `must be a string of 1 to ${max} characters: leave it out when it is not known`;
  return z.string(remedy).trim().min(1, remedy).max(max, remedy);
}

const EMAIL =
  'must be an email address of at most 254 characters, like ada@example.com: leave it out when it is not known';

/** What the bot knows of the person in the chat. Every field is optional: a visitor may stay anonymous. */
export const Visitor = z.strictObject({
  /** The bot's own stable id of this person, so that HubSpot recognises an anonymous visitor who comes back. */
  id: text(200).optional(),
  /** Full name as the visitor wrote it; the agent sees it beside each message. */
  name: text(200).optional(),
  /** The contact in HubSpot is created or updated by this address. Send it only when the visitor gave it as their own. */
  email: z.email(EMAIL).max(254, EMAIL).optional(),
  /** International form, `+15005550006`. */
  phone: z.e164('must be in international form, like +15005550006').optional(),
});
export type Visitor = z.infer<typeof Visitor>;
