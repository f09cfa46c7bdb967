import type { Visitor } from '@parley/shared/contracts/visitor';
import { z } from 'zod';

/**
 * Which addresses may stand for a visitor: those that the bot vouches for, or all. A contact is found and changed by them, and
 * HubSpot puts the conversation on the timeline of whoever has them.
 */
export const ContactIdentity = z.enum(['verified', 'claimed']);
export type ContactIdentity = z.infer<typeof ContactIdentity>;

/** The visitor without the addresses that may not stand for them. */
export function identified(visitor: Visitor, identity: ContactIdentity): Visitor {
  const { email, phone, ...rest } = visitor;
  const mayUse = (isVerified = false) => isVerified || identity === 'claimed';
  return {
    ...rest,
    ...(mayUse(visitor.emailVerified) && { email }),
    ...(mayUse(visitor.phoneVerified) && { phone }),
  };
}

/** Who it is, for the agent: name and addresses, and which of them may be somebody else's. */
export function introduce(visitor: Visitor, identity: ContactIdentity): string {
  const known = identified(visitor, identity);
  const marked = (field: 'email' | 'phone') =>
    visitor[field] && (known[field] ? visitor[field] : `${visitor[field]} (not verified)`);
  return [visitor.name, marked('email'), marked('phone')].filter(Boolean).join(' · ') || 'unknown';
}
