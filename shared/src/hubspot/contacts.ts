import { z } from 'zod';
import type { ContactProperties } from '../contracts/contact-properties.ts';
import { ContactId } from '../contracts/ids.ts';
import type { HubSpotApi } from './api.ts';
import { LostAnswer, Refusal } from './exchange.ts';
import { personName } from './person-name.ts';
import { refusalBodyOf } from './refusal-body.ts';
import { refusedProperties } from './refused-properties.ts';

/** A visitor who left an address; `name` as they wrote it. */
export interface KnownVisitor {
  readonly email: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly properties?: ContactProperties | undefined;
}

export interface UpsertedContact {
  readonly contactId: ContactId;
  /** HubSpot's names of the properties that it refused: the contact is kept without them. */
  readonly leftOut: readonly string[];
}

export interface ContactsClient {
  /**
   * Creates the contact of this address or updates it; fields not given stay as they are. Repeating it changes nothing.
   * An address that is another contact's second one updates that contact and leaves its first address alone.
   */
  upsertContact(visitor: KnownVisitor): Promise<UpsertedContact>;
}

export const createContactsClient = (api: HubSpotApi): ContactsClient => ({
  async upsertContact(visitor) {
    let properties = propertiesOf(visitor);
    const leftOut: string[] = [];
    // HubSpot names all that it refuses at once. Should it go on refusing, the contact matters more than the rest.
    for (let again = false; ; again = true) {
      const asked = await upsert(api, visitor, properties);
      if ('contactId' in asked) return { contactId: asked.contactId, leftOut };
      const refused = again ? Object.keys(properties) : asked.refused;
      leftOut.push(...refused);
      properties = Object.fromEntries(Object.entries(properties).filter(([name]) => !refused.includes(name)));
    }
  },
});

/** All but the address. Every value is text to HubSpot. */
function propertiesOf({ name, phone, properties = {} }: KnownVisitor): Properties {
  const custom = Object.entries(properties).map(([property, value]) => [property, String(value)]);
  return { ...Object.fromEntries(custom), ...personName(name), ...(phone === undefined ? {} : { phone }) };
}

type Properties = Readonly<Record<string, string>>;
interface Kept {
  readonly contactId: ContactId;
}
/** At least one of those that were sent. */
interface PropertiesRefused {
  readonly refused: readonly string[];
}
/** `existing`: the contact that HubSpot named as the one in the way, when it named one. */
interface Conflict {
  readonly existing: string | undefined;
}

async function upsert(
  api: HubSpotApi,
  { email, name = '' }: KnownVisitor,
  properties: Properties,
): Promise<Kept | PropertiesRefused> {
  const names = Object.keys(properties);
  const about = {
    what: 'upsert the contact of a visitor',
    privateWords: [email, name, ...name.split(/\s+/), ...Object.values(properties)],
  };
  const asked = await api.call(about, () => orRefused(names, upsertByEmail(api, email, properties)));
  if (!('existing' in asked)) return asked;
  return api.call({ ...about, what: 'update the existing contact of a visitor' }, () =>
    orRefused(names, update(api, { ...asked, email, properties })),
  );
}

async function orRefused<T>(names: readonly string[], asking: Promise<T>): Promise<T | PropertiesRefused> {
  try {
    return await asking;
  } catch (thrown) {
    const refused = thrown instanceof Refusal ? refusedProperties(thrown.answer, names) : [];
    if (refused.length === 0) throw thrown;
    return { refused };
  }
}

async function upsertByEmail(api: HubSpotApi, email: string, properties: Properties): Promise<Kept | Conflict> {
  const input = { id: email, idProperty: 'email', properties: { ...properties, email } };
  try {
    const answer = await api.contacts.batch.upsert({ inputs: [input] });
    const contactId = answer.results?.[0]?.id;
    if (contactId !== undefined) return { contactId: ContactId.parse(contactId) };
    return conflictIn(answer);
  } catch (thrown) {
    if (!(thrown instanceof Refusal) || thrown.answer.status !== 409) throw thrown;
    return { existing: existingId(refusalBodyOf(thrown.answer)?.message) };
  }
}

async function update(
  api: HubSpotApi,
  { existing, email, properties }: Conflict & { readonly email: string; readonly properties: Properties },
): Promise<Kept> {
  const { id } =
    existing === undefined
      ? await api.contacts.basic.update(email, { properties: { ...properties, email } }, 'email')
      : await api.contacts.basic.update(existing, { properties });
  return { contactId: ContactId.parse(id) };
}

/** A 207: HubSpot took the request and refused the single contact in it. */
const PartialAnswer = z.object({
  errors: z.array(z.looseObject({ category: z.string().catch(''), message: z.string().catch('') })),
});

function conflictIn(answer: unknown): Conflict {
  const error = PartialAnswer.safeParse(answer).data?.errors[0];
  if (error && /CONFLICT|ALREADY_EXISTS/.test(error.category)) return { existing: existingId(error.message) };
  if (error) throw new Refusal({ status: 207, headers: {}, text: JSON.stringify(error) });
  throw new LostAnswer('HubSpot answered with neither a contact nor an error', { certain: false });
}

const existingId = (message = '') => /Existing ID: (\d+)/.exec(message)?.[1];
