import { HubSpotError, notFound } from '../api/errors.ts';
import type { Contact, Portal } from './portal.ts';

export function contactByEmail(portal: Pick<Portal, 'contacts'>, email: string): Contact | undefined {
  const wanted = email.trim().toLowerCase();
  return [...portal.contacts.values()].find(({ properties }) => properties.email === wanted);
}

/** The contact that has the address, as its first or as a further one. HubSpot finds by the first alone, and lets nobody else have either. */
export function contactHaving(portal: Pick<Portal, 'contacts'>, email: string): Contact | undefined {
  const wanted = email.trim().toLowerCase();
  return [...portal.contacts.values()].find(({ properties }) =>
    [properties.email, ...(properties.hs_additional_emails?.toLowerCase().split(';') ?? [])].includes(wanted),
  );
}

/** By record id, or by the property that `idProperty` names. */
export function findContact(portal: Portal, id: string, idProperty: string | null | undefined): Contact {
  const contact = idProperty === 'email' ? contactByEmail(portal, id) : portal.contacts.get(id);
  if (!contact)
    throw notFound(
      `Object not found. objectId are usually numeric. contacts does not have ${idProperty ?? 'id'} ${id}`,
    );
  return contact;
}

/** Adds a contact, or 409 when another one has the e-mail address. */
export function addContact(portal: Portal, properties: Record<string, string>): Contact {
  refuseSecond(portal, properties.email, undefined);
  const now = new Date().toISOString();
  const id = portal.ids.contact();
  const contact: Contact = {
    id,
    properties: { createdate: now, hs_object_id: id, lastmodifieddate: now },
    createdAt: now,
    updatedAt: now,
  };
  Object.assign(contact.properties, normal(properties));
  portal.contacts.set(id, contact);
  portal.changes.emit();
  return contact;
}

/** Sets the given properties and leaves the others; 409 when another contact has the e-mail address. */
export function updateContact(portal: Portal, contact: Contact, properties: Record<string, string>): Contact {
  refuseSecond(portal, properties.email, contact);
  contact.updatedAt = new Date().toISOString();
  Object.assign(contact.properties, normal(properties), { lastmodifieddate: contact.updatedAt });
  portal.changes.emit();
  return contact;
}

function refuseSecond(portal: Portal, email: string | undefined, self: Contact | undefined): void {
  const other = email ? contactHaving(portal, email) : undefined;
  if (other && other !== self)
    throw new HubSpotError(409, {
      message: `Contact already exists. Existing ID: ${other.id}`,
      category: 'CONFLICT',
    });
}

/** HubSpot keeps e-mail addresses in lower case. */
const normal = ({ email, ...others }: Record<string, string>): Record<string, string> =>
  email === undefined ? others : { ...others, email: email.trim().toLowerCase() };
