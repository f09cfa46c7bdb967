import { z } from 'zod';
import { booleanText, json, list, type Operation, under } from './operation.ts';

const CONTACTS = ['/crm/v3/objects/contacts', '/crm/objects/2026-03/contacts'];
const CONTACT = under(CONTACTS, '/{contactId}');

/** Every value is text to HubSpot, numbers and dates included. */
const properties = z.record(z.string(), z.string());
/** What the id in the path or in an input is, when it is not HubSpot's own. */
const idProperty = z.string();

const Upsert = z.strictObject({
  inputs: z.array(z.strictObject({ id: z.string(), idProperty: idProperty.optional(), properties })),
});
/** Parley associates contacts with nothing, and HubSpot wants to be told so. */
const NewContact = z.strictObject({ properties, associations: z.array(z.never()) });

export const contactOperations: readonly Operation[] = [
  { name: 'upsert contacts', method: 'POST', paths: under(CONTACTS, '/batch/upsert'), body: json(Upsert) },
  { name: 'create a contact', method: 'POST', paths: CONTACTS, body: json(NewContact) },
  {
    name: 'read a contact',
    method: 'GET',
    paths: CONTACT,
    query: z.strictObject({ idProperty, properties: list(z.string()), archived: booleanText }).partial(),
  },
  {
    name: 'change a contact',
    method: 'PATCH',
    paths: CONTACT,
    query: z.strictObject({ idProperty }).partial(),
    body: json(z.strictObject({ properties })),
  },
];
