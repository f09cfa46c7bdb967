import { z } from 'zod';
import { ContactProperties } from './contact-properties.ts';

function text(max: number) {
  const remedy = `must be a string of 1 to ${max} characters: leave it out when it is not known`;
  return z.string(remedy).trim().min(1, remedy).max(max, remedy);
}

const EMAIL =
  'must be an email address of at most 254 characters, like ada@example.com: leave it out when it is not known';

const YES_OR_NO = 'must be true or false';

/** What the bot knows of the person in the chat. Every field is optional: a visitor may stay anonymous. */
export const Visitor = z
  .strictObject({
    id: text(200)
      .optional()
      .describe(
        "The bot's own stable id of this person, so that HubSpot recognises an anonymous visitor who comes back.",
      ),
    name: text(200).optional().describe('Full name as the visitor wrote it; the agent sees it beside each message.'),
    email: z
      .email(EMAIL)
      .max(254, EMAIL)
      .optional()
      .describe(
        'The contact in HubSpot is found or created by this address, if it is verified or the operator takes claimed ones.',
      ),
    emailVerified: z
      .boolean(YES_OR_NO)
      .optional()
      .describe(
        "The bot vouches that the address is this person's: by a login, or by a code that was sent there. That the visitor typed it is not enough, since anybody can type anybody's.",
      ),
    phone: z
      .e164('must be in international form, like +15005550006')
      .optional()
      .describe(
        'International form, `+15005550006`. Without an email to use, HubSpot looks for the contact by it, on the same condition.',
      ),
    phoneVerified: z.boolean(YES_OR_NO).optional().describe('The same for the phone number.'),
    properties: ContactProperties.optional(),
  })
  .refine(({ email, emailVerified }) => email || !emailVerified, {
    path: ['emailVerified'],
    error: 'must come with the email that is verified',
  })
  .refine(({ phone, phoneVerified }) => phone || !phoneVerified, {
    path: ['phoneVerified'],
    error: 'must come with the phone that is verified',
  });
export type Visitor = z.infer<typeof Visitor>;

/**
 * The visitor as known after the bot said more. Fields given replace those known before, `properties` as a whole. That an address
 * is verified is said of that address: a new one is not, unless the bot says so again.
 */
export const withNews = (before: Visitor | undefined, news: Visitor): Visitor => ({
  ...before,
  ...(news.email !== undefined && { emailVerified: false }),
  ...(news.phone !== undefined && { phoneVerified: false }),
  ...news,
});
