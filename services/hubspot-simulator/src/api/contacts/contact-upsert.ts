import { z } from 'zod';
import { addContact, contactByEmail, findContact, updateContact } from '../../portal/contact-store.ts';
import type { Portal } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { invalid, parseBody } from '../errors.ts';
import { checkProperties } from './contact-properties.ts';
import { view } from './contacts.ts';

const Input = z.strictObject({
  id: z.string().min(1),
  idProperty: z.string().optional(),
  objectWriteTraceId: z.string().optional(),
  properties: z.record(z.string(), z.string()),
});
type Input = z.infer<typeof Input>;

const Batch = z.strictObject({ inputs: z.array(Input).min(1).max(100, 'must have at most 100 inputs') });

/** POST batch/upsert. With `idProperty` email HubSpot upserts all inputs or, when one is refused, none. */
export const upsertContacts: Handler = (portal, { body }) => {
  const startedAt = new Date().toISOString();
  const { inputs } = parseBody(Batch, body);
  const ids = inputs.map(({ id }) => id.toLowerCase());
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid({ message: `Duplicate IDs found in batch input: [${twice}]`, in: 'inputs' });
  for (const input of inputs) check(portal, input);
  const results = inputs.map((input) => upsert(portal, input));
  return ok({ status: 'COMPLETE', results, startedAt, completedAt: new Date().toISOString() });
};

function check(portal: Portal, { id, idProperty, properties }: Input): void {
  if (idProperty === undefined || idProperty === 'hs_object_id') findContact(portal, id, undefined);
  else if (idProperty !== 'email')
    throw invalid({ message: `Property "${idProperty}" is not a unique identifier`, in: 'inputs.idProperty' });
  checkProperties(idProperty === 'email' ? { email: id, ...properties } : properties);
}

function upsert(portal: Portal, { id, idProperty, properties }: Input) {
  const existing = idProperty === 'email' ? contactByEmail(portal, id) : findContact(portal, id, undefined);
  const contact = existing
    ? updateContact(portal, existing, properties)
    : addContact(portal, { email: id, ...properties });
  return { ...view(contact), new: existing === undefined };
}
