import type { Inbox } from '../../portal/portal.ts';
import type { Handler } from '../api-call.ts';
import { ok } from '../api-call.ts';
import { notFound } from '../errors.ts';
import { totalPageOf } from '../paging.ts';

/** GET inboxes */
export const listInboxes: Handler = (portal, { query }) =>
  ok(totalPageOf([...portal.inboxes.values()].map(view), query));

/** GET inboxes/{inboxId} */
export const getInbox: Handler = (portal, { params }) => {
  const id = params.inboxId ?? '';
  const inbox = portal.inboxes.get(id);
  if (!inbox) throw notFound(`Inbox ${id} not found`, { inboxId: [id] });
  return ok(view(inbox));
};

const view = (inbox: Inbox) => ({ ...inbox, updatedAt: inbox.createdAt, archived: false });
