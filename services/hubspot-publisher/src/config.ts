import type { ConfigOf } from '@parley/shared/config/load-config';
import { common, hubspotApi, operationsPort } from '@parley/shared/config/settings';
import { z } from 'zod';
import { ContactIdentity } from './contact-identity.ts';

const HOST = /^(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

/** `files.internal,10.0.0.7:8080` as a list. */
const Hosts = z
  .string()
  .transform((text) =>
    text
      .toLowerCase()
      .split(',')
      .flatMap((host) => host.trim() || []),
  )
  .pipe(z.array(z.string().regex(HOST, 'must be a list of hosts, each with or without a port, separated by commas')));

export const shape = {
  ...common,
  ...hubspotApi,
  HUBSPOT_MAX_TEXT: z.coerce
    .number()
    .int()
    .min(100)
    .default(10_000)
    .describe('Characters in one message to HubSpot, which names no limit. Longer words are split.'),
  CONTACT_IDENTITY: ContactIdentity.default('verified').describe(
    "Whose contact a visitor is: `verified` goes by the addresses that the bot vouches for, `claimed` also by those that the visitor only typed, who then may type somebody else's.",
  ),
  BOT_FILE_HOSTS: Hosts.prefault('').describe(
    "Hosts from which visitors' files are fetched although their addresses are not public, like `files.internal,10.0.0.7:8080`. Public ones need no entry.",
  ),
  OPS_PORT: operationsPort(9464),
};

export type PublisherConfig = ConfigOf<typeof shape>;
