import { z } from 'zod';
import { ContactId } from '../contracts/ids.ts';
import type { HubSpotApi } from './api.ts';
import { LostAnswer, Refusal } from './exchange.ts';
import { personName } from './person-name.ts';
import { refusalBodyOf } from './refusal-body.ts';

/** A visitor who left an address; `name` as they wrote it. */
export interface KnownVisitor {
  readonly email: string;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
}

export interface ContactsClient {
  /**
   * Creates the contact of this address or updates it; fields not given stay as they are. Repeating it changes nothing.
   * An address that is another contact's second one updates that contact and leaves its first address alone.
   */
  upsertContact(visitor: KnownVisitor): Promise<ContactId>;
}

export const createContactsClient = (api: HubSpotApi): ContactsClient => ({
  async upsertContact(visitor) {
    const about = {
      what: 'upsert the contact of a visitor',
      privateWords: [visitor.email, visitor.name ?? '', visitor.phone ?? '', ...(visitor.name?.split(/\s+/) ?? [])],
    };
    const details = { ...personName(visitor.name), ...(visitor.phone === undefined ? {} : { phone: visitor.phone }) };
    const upserted = await api.call(about, () => upsertByEmail(api, visitor.email, details));
    if (upserted.contactId !== undefined) return upserted.contactId;

    const { existing } = upserted;
    return await api.call({ ...about, what: 'update the existing contact of a visitor' }, async () => {
      const { id } =
        existing === undefined
          ? await api.contacts.basic.update(
              visitor.email,
              { properties: { ...details, email: visitor.email } },
              'email',
            )
          : await api.contacts.basic.update(existing, { properties: details });
      return ContactId.parse(id);
    });
  },
});

type Details = Record<string, string>;
/** `existing`: the contact that HubSpot named as the one in the way, when it named one. */
type Upserted =
  | { readonly contactId: ContactId }
  | { readonly contactId?: undefined; readonly existing?: string | undefined };

async function upsertByEmail(api: HubSpotApi, email: string, details: Details): Promise<Upserted> {
  const input = { id: email, idProperty: 'email', properties: { ...details, email } };
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

/** A 207: HubSpot took the request and refused the single contact in it. */
const PartialAnswer = z.object({
  errors: z.array(z.looseObject({ category: z.string().catch(''), message: z.string().catch('') })),
});

function conflictIn(answer: unknown): Upserted {
  const error = PartialAnswer.safeParse(answer).data?.errors[0];
  if (error && /CONFLICT|ALREADY_EXISTS/.test(error.category)) return { existing: existingId(error.message) };
  if (error) throw new Refusal({ status: 207, headers: {}, text: JSON.stringify(error) });
  throw new LostAnswer('HubSpot answered with neither a contact nor an error', { certain: false });
}

const existingId = (message = '') => /Existing ID: (\d+)/.exec(message)?.[1];
