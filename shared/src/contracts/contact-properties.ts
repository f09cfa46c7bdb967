import { z } from 'zod';

const MAX_PROPERTIES = 50;
const MAX_VALUE = 1_000;

/** HubSpot's rule for internal names. */
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

/** These say who the contact is, so a property could claim what `email` and `phone` would have to be verified for. */
const FIELD_OF: Readonly<Record<string, string>> = {
  email: 'email',
  hs_additional_emails: 'email',
  phone: 'phone',
  mobilephone: 'phone',
  firstname: 'name',
  lastname: 'name',
};

const VALUE = `must be a number, true, false or a string of at most ${MAX_VALUE} characters`;
const Value = z.union([z.string().max(MAX_VALUE, VALUE), z.number(), z.boolean()], VALUE);

/** One that HubSpot refuses is left out, and the agent reads its name. */
export const ContactProperties = z
  .record(z.string(), Value)
  .refine((properties) => Object.keys(properties).length <= MAX_PROPERTIES, `must be at most ${MAX_PROPERTIES}`)
  .superRefine((properties, context) => {
    for (const name of Object.keys(properties)) {
      const message = problemOf(name);
      if (message) context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .describe(
    `Properties of HubSpot's contact by their internal names, at most ${MAX_PROPERTIES}; they have to exist in the account. Without a contact they wait until \`visitor.identified\` names an email by which there is one. An empty string clears a property.`,
  );
export type ContactProperties = z.infer<typeof ContactProperties>;

function problemOf(name: string): string | undefined {
  if (!NAME.test(name)) return 'must be the internal name of a property: small letters, digits and _, a letter first';
  const field = Object.hasOwn(FIELD_OF, name) && FIELD_OF[name];
  return field ? `must be said by the visitor's field "${field}"` : undefined;
}
