import { contactHaving } from './contact-store.ts';
import type { Contact, Portal, Thread, Visitor } from './portal.ts';
import type { DeliveryIdentifier } from './wire.ts';

/**
 * The visitor behind a delivery identifier. An e-mail address or a phone number that a contact has makes it that contact; an opaque one
 * is an unknown visitor until an agent says who it is, and then stays so.
 */
export function visitorOf(portal: Portal, deliveryIdentifier: DeliveryIdentifier, name?: string): Visitor {
  const key = `${deliveryIdentifier.type}/${normal(deliveryIdentifier)}`;
  const visitor = portal.visitors.get(key) ?? {
    visitorId: portal.ids.visitor(),
    deliveryIdentifier,
    name: undefined,
    contactId: undefined,
  };
  visitor.name = name ?? visitor.name;
  visitor.contactId ??= matchingContact(portal, deliveryIdentifier)?.id;
  portal.visitors.set(key, visitor);
  return visitor;
}

/** `V-` and the contact's id, or the visitor's own as long as there is no contact. */
export const actorIdOf = (visitor: Visitor): string => `V-${visitor.contactId ?? visitor.visitorId}`;

/** What an agent does by hand for an unknown visitor. */
export function associate(portal: Portal, thread: Thread, contactId: string): void {
  if (!portal.contacts.has(contactId)) throw new Error(`there is no contact ${contactId}`);
  thread.visitor.contactId = contactId;
  portal.changes.emit();
}

function matchingContact(portal: Portal, identifier: DeliveryIdentifier): Contact | undefined {
  const value = normal(identifier);
  if (identifier.type === 'HS_EMAIL_ADDRESS') return contactHaving(portal, value);
  if (identifier.type !== 'HS_PHONE_NUMBER') return undefined;
  return [...portal.contacts.values()].find(({ properties }) =>
    [properties.phone, properties.mobilephone].some((phone) => phone !== undefined && digits(phone) === value),
  );
}

function normal({ type, value }: DeliveryIdentifier): string {
  if (type === 'HS_EMAIL_ADDRESS') return value.toLowerCase();
  return type === 'HS_PHONE_NUMBER' ? digits(value) : value;
}

const digits = (phone: string) => phone.replace(/\D/g, '');
