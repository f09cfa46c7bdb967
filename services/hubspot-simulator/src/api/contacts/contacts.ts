import { z } from 'zod';
import { addContact, findContact, updateContact } from '../../portal/contact-store.ts';
import type { Contact } from '../../portal/portal.ts';
import type { Call, Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { parseBody } from '../errors.ts';
import { checkProperties } from './contact-properties.ts';

const Properties = z.record(z.string(), z.string());

const Create = z.strictObject({
  properties: Properties,
  associations: z.array(z.looseObject({ to: z.looseObject({ id: z.string() }), types: z.array(z.unknown()) })),
});

/** POST: 201, or 409 that names the contact with the same e-mail address. */
export const createContact: Handler = (portal, { body }) => {
  const schema = portal.settings.validation === 'strict' ? Create : Create.partial({ associations: true });
  const { properties } = parseBody(schema, body);
  return { status: 201, body: view(addContact(portal, checkProperties(properties))) };
};

const Update = z.strictObject({ properties: Properties });

/** PATCH by id, or by e-mail address with `?idProperty=email`. */
export const patchContact: Handler = (portal, call) => {
  const { properties } = parseBody(Update, call.body);
  return ok(view(updateContact(portal, contactOf(portal, call), checkProperties(properties))));
};

/** GET by id or e-mail address; of the properties HubSpot gives a few, and those that `?properties=` asks for. */
export const getContact: Handler = (portal, call) => {
  const contact = contactOf(portal, call);
  const asked = call.query.getAll('properties').flatMap((names) => names.split(','));
  return ok({ ...view(contact), properties: shownProperties(contact, asked) });
};

/** A few, and those that were asked for; null is one that the contact has not. */
export const shownProperties = ({ properties }: Contact, asked: readonly string[]): Record<string, string | null> =>
  Object.fromEntries([...BY_DEFAULT, ...asked].map((name) => [name, properties[name] ?? null]));

const BY_DEFAULT = ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'];

const contactOf = (portal: Parameters<Handler>[0], { params, query }: Call): Contact =>
  findContact(portal, params.contactId ?? '', query.get('idProperty'));

export const view = ({ id, properties, createdAt, updatedAt }: Contact) => ({
  id,
  properties: { ...properties },
  createdAt,
  updatedAt,
  archived: false,
});
