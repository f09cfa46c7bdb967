import type { ContactId } from '@parley/shared/contracts/ids';
import type { Visitor } from '@parley/shared/contracts/visitor';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import pRetry from 'p-retry';
import { type ContactIdentity, identified } from './contact-identity.ts';

export interface KeptContact {
  /** Absent when there is no contact: the visitor left no address that may stand for them, or HubSpot did not take it. */
  readonly contactId?: ContactId;
  /** The visitor to remember: by the address before, when HubSpot refused the new one, or failed to take it and there was one. */
  readonly visitor: Visitor;
  /** What the agent should read about it. */
  readonly note?: string;
}

export interface ContactParts {
  readonly hubspot: Pick<HubSpotClient, 'upsertContact'>;
  readonly identity: ContactIdentity;
}

/** From this attempt on, about twenty seconds after the first, words that wait for the contact go without it. */
const GIVEN_UP_FROM = 5;

/**
 * Creates or updates the contact. Repeatable, so a hiccup is tried again at once, three times within seconds and within the
 * one attempt. Neither what HubSpot refuses of it nor contacts that fail for long may keep the visitor's words back: the agent is
 * told. `before`: the visitor as known until now. `attempt`: the event's, 1-based.
 */
export async function keepContact(
  { hubspot, identity }: ContactParts,
  { visitor, before, attempt }: { visitor: Visitor; before?: Visitor | undefined; attempt: number },
): Promise<KeptContact> {
  const { email, name, phone, properties } = identified(visitor, identity);
  if (!email) return { visitor, ...(visitor.email && { note: NOT_VERIFIED }) };
  try {
    const upsert = () => hubspot.upsertContact({ email, name, phone, properties });
    const { contactId, leftOut } = await pRetry(upsert, {
      retries: 2,
      minTimeout: 200,
      maxRetryTime: 3_000,
      shouldRetry: ({ error }) => mayPass(error),
    });
    // Sent once: later news of the visitor must not undo what agents changed since.
    const { properties: _kept, ...known } = visitor;
    return { contactId, visitor: known, ...(leftOut.length > 0 && { note: leftOutNote(leftOut) }) };
  } catch (error) {
    const isRefused = error instanceof TerminalError;
    if (!isRefused && !(mayPass(error) && attempt >= GIVEN_UP_FROM)) throw error;
    // What was not refused is kept for the next news of the visitor, unless they speak as the contact of an address before.
    const { email: kept, emailVerified } = isRefused || before?.email ? { ...before } : visitor;
    const note = `No contact was kept: ${error.message}`;
    return { visitor: { ...visitor, email: kept, emailVerified }, note };
  }
}

const mayPass = (error: unknown): error is RetryableError =>
  error instanceof RetryableError && error.scope === 'message';

const NOT_VERIFIED = 'No contact was looked for: the visitor may have written an email address that is not theirs.';

const leftOutNote = (names: readonly string[]) =>
  `The contact was kept without what HubSpot refused, because the account has no such property or the value does not fit: ${names.join(', ')}`;
