import type { ContactId } from '@parley/shared/contracts/ids';
import type { Visitor } from '@parley/shared/contracts/visitor';
import { RetryableError, TerminalError } from '@parley/shared/failures';
import type { HubSpotClient } from '@parley/shared/hubspot/client';
import pRetry from 'p-retry';

export type KeptContact =
  | { readonly contactId: ContactId }
  /** There is no contact: the visitor left no address, or HubSpot refused it for a reason that the agent should read. */
  | { readonly contactId?: undefined; readonly refusal?: string };

/** The visitor as HubSpot knows them then: by the address before, when it refused the new one. */
export const knownVisitor = (visitor: Visitor, contact: KeptContact, before: Visitor | undefined): Visitor =>
  'refusal' in contact ? { ...visitor, email: before?.email } : visitor;

/**
 * Creates or updates the contact. Repeatable, so a hiccup is tried again at once, three times within seconds and within the
 * one attempt. An address that HubSpot refuses must not keep the visitor's words back: the refusal is returned.
 */
export async function keepContact(
  hubspot: Pick<HubSpotClient, 'upsertContact'>,
  visitor: Visitor,
): Promise<KeptContact> {
  const { email, name, phone } = visitor;
  if (!email) return {};
  try {
    const upsert = () => hubspot.upsertContact({ email, name, phone });
    const contactId = await pRetry(upsert, {
      retries: 2,
      minTimeout: 200,
      maxRetryTime: 3_000,
      shouldRetry: ({ error }) => error instanceof RetryableError && error.scope === 'message',
    });
    return { contactId };
  } catch (error) {
    if (error instanceof TerminalError) return { refusal: error.message };
    throw error;
  }
}
