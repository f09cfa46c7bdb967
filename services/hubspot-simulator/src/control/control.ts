import type { Request, Response, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import type { Faults } from '../api/faults.ts';
import { Fault } from '../api/faults.ts';
import { sendFile } from '../api/files/file-host.ts';
import { ContactCard, Location, QuickReplies } from '../api/messages/attachments.ts';
import type { RequestLog } from '../api/request-log.ts';
import type { Administrator } from '../portal/administrator.ts';
import type { Agent } from '../portal/agent.ts';
import type { Changes } from '../portal/changes.ts';
import type { StoredFile } from '../portal/file-store.ts';
import type { GivenSettings } from '../portal/settings.ts';
import { WebhookTrouble } from '../webhooks/webhook-trouble.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { InboxView } from './inbox-view.ts';

export interface Control {
  readonly agent: Agent;
  readonly administrator: Administrator;
  readonly faults: Faults;
  readonly webhooks: Webhooks;
  readonly log: RequestLog;
  readonly changes: Changes;
  readonly configure: (settings: GivenSettings) => void;
  readonly view: () => InboxView;
  readonly files: () => readonly StoredFile[];
}

const Said = z.strictObject({ text: z.string().trim().min(1), agent: z.string().trim().min(1).optional() });
const Attached = z.union([
  z
    .strictObject({ type: z.literal('FILE'), name: z.string().min(1), contentType: z.string(), base64: z.base64() })
    .transform(({ base64, ...file }) => ({ ...file, content: Buffer.from(base64, 'base64') })),
  QuickReplies,
  Location,
  ContactCard,
]);
const Replied = z
  .strictObject({
    text: z.string().trim(),
    agent: z.string().trim().min(1).optional(),
    richText: z.string().optional(),
    attachments: z.array(Attached).default([]),
  })
  .refine(({ text, attachments }) => text !== '' || attachments.length > 0, {
    path: ['text'],
    message: 'must not be empty without an attachment',
  });
const Merge = z.strictObject({ absorb: z.string() });
const Switch = z.strictObject({ active: z.boolean() });
const Connection = z.strictObject({ channelId: z.string(), inboxId: z.string() });
const By = z.strictObject({ agent: z.string().trim().min(1).optional() });
const Association = z.strictObject({ contactId: z.string() });
const Addresses = z.strictObject({ channelWebhookUrl: z.url().optional(), eventsWebhookUrl: z.url().optional() });

/** What tests do in process, over HTTP: for the inbox page, and for a simulator in a container. */
export function controlRouter(control: Control, connect: Webhooks['connect']): Router {
  const { agent, administrator, faults, webhooks } = control;
  const router = express.Router();
  router.use(refuseOtherSites, express.json({ limit: '30mb' }));

  router.get('/state', (_request, response) => void response.json(control.view()));
  router.get('/files/:id', (request, response) => {
    const file = control.files().find((one) => one.id === request.params.id);
    if (file) sendFile(response, file);
    else response.status(404).end();
  });
  router.get('/requests', (_request, response) => void response.json(control.log.list()));
  router.get('/deliveries', (_request, response) => void response.json(webhooks.deliveries()));

  const act = (path: string, action: (request: Request) => unknown) =>
    router.post(path, (request, response) => {
      const result = action(request);
      response.json(result === undefined ? {} : { id: result });
    });
  act('/threads/:id/reply', (request) => {
    const { text, ...options } = Replied.parse(request.body);
    return agent.reply(id(request), text, options);
  });
  act('/threads/:id/comment', (request) => {
    const { text, agent: by } = Said.parse(request.body);
    return agent.comment(id(request), text, { agent: by });
  });
  act('/threads/:id/close', (request) => agent.close(id(request), By.parse(request.body)));
  act('/threads/:id/reopen', (request) => agent.reopen(id(request), By.parse(request.body)));
  act('/threads/:id/assign', (request) => agent.assign(id(request), By.parse(request.body).agent));
  act('/threads/:id/associate', (request) => agent.associate(id(request), Association.parse(request.body).contactId));
  act('/threads/:id/archive', (request) => agent.archive(id(request)));
  act('/threads/:id/restore', (request) => agent.restore(id(request)));
  act('/threads/:id/privacy-delete', (request) => agent.privacyDelete(id(request)));
  act('/threads/:id/merge', (request) => agent.merge(id(request), Merge.parse(request.body).absorb));
  act('/accounts/:id/switch', (request) => administrator.switchAccount(id(request), Switch.parse(request.body).active));
  act('/accounts/:id/archive', (request) => administrator.archiveAccount(id(request)));
  act('/accounts/:id/purge', (request) => administrator.purgeAccount(id(request)));
  act('/portals/:id/connect-channel', (request) =>
    administrator.connectChannel(id(request), Connection.parse(request.body)),
  );
  act('/faults', (request) => faults.add(Fault.parse(request.body)));
  act('/faults/clear', () => {
    faults.clear();
    webhooks.clear();
  });
  act('/down', () => faults.down());
  act('/up', () => faults.up());
  act('/webhooks/trouble', (request) => webhooks.add(WebhookTrouble.parse(request.body)));
  act('/webhooks/release', () => webhooks.release());
  act('/settings', (request) => control.configure(request.body));
  act('/connect', (request) => connect(Addresses.parse(request.body)));
  router.use(refuse);
  return router;
}

const id = (request: Request) => String(request.params.id);

/** The page of another site can make a browser post here, but neither as JSON nor without naming itself. */
function refuseOtherSites(request: Request, response: Response, next: () => void): void {
  const site = request.get('sec-fetch-site') ?? 'none';
  const json = request.method === 'GET' || request.is('application/json');
  if (json && (site === 'same-origin' || site === 'none')) next();
  else response.status(403).json({ message: 'the control API takes JSON, from its own page or from a program' });
}

function refuse(error: unknown, _request: Request, response: Response, _next: () => void): void {
  const message = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : '';
  response.status(400).json({ message });
}
