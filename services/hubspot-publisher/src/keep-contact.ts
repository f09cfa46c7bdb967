import type { ContactId } from '@parley/shared/contracts/ids';
import type { Visitor } from '@parley/shared/contracts/visitor';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import pRetry from 'p-retry';
import { type ContactIdentity, identified } from './contact-identity.ts';

export interface KeptContact {
  /** Absent when there is no contact: the visitor left no address that may stand for them, or HubSpot refused it. */
  readonly contactId?: ContactId;
  /** The visitor as HubSpot knows them then: by the address before, when it refused the new one. */
  readonly visitor: Visitor;
  /** What the agent should read about it. */
  readonly note?: string;
}

export interface ContactParts {
  readonly hubspot: Pick<HubSpotClient, 'upsertContact'>;
  readonly identity: ContactIdentity;
}

/**
 * Creates or updates the contact. Repeatable, so a hiccup is tried again at once, three times within seconds and within the
 * one attempt. What HubSpot refuses of it must not keep the visitor's words back: the agent is told. `before`: the visitor as
 * known until now.
 */
export async function keepContact(
  { hubspot, identity }: ContactParts,
  { visitor, before }: { visitor: Visitor; before?: Visitor | undefined },
): Promise<KeptContact> {
  const { email, name, phone, properties } = identified(visitor, identity);
  if (!email) return { visitor, ...(visitor.email && { note: NOT_VERIFIED }) };
  try {
    const upsert = () => hubspot.upsertContact({ email, name, phone, properties });
    const { contactId, leftOut } = await pRetry(upsert, {
      retries: 2,
      minTimeout: 200,
      maxRetryTime: 3_000,
      shouldRetry: ({ error }) => error instanceof RetryableError && error.scope === 'message',
    });
    // Sent once: later news of the visitor must not undo what agents changed since.
    const { properties: _kept, ...known } = visitor;
    return { contactId, visitor: known, ...(leftOut.length > 0 && { note: leftOutNote(leftOut) }) };
  } catch (error) {
    if (!(error instanceof TerminalError)) throw error;
    const known = { ...visitor, email: before?.email, emailVerified: before?.emailVerified };
    return { visitor: known, note: `No contact was kept: ${error.message}` };
  }
}

const NOT_VERIFIED = 'No contact was looked for: the visitor may have written an email address that is not theirs.';

const leftOutNote = (names: readonly string[]) =>
  `The contact was kept without what HubSpot refused, because the account has no such property or the value does not fit: ${names.join(', ')}`;
