import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { account, common, httpUrl, operationsPort } from '@parley/shared/config/settings';
import { API_VERSIONS } from '@parley/shared/hubspot/api-version';
import { z } from 'zod';

export const shape = {
  ...common,
  ...account,
  HUBSPOT_ACCESS_TOKEN: secret('Access token of the HubSpot app that owns the channel.', z.string().min(1)),
  HUBSPOT_API_URL: httpUrl().default('https://api.hubapi.com').describe("Where HubSpot's API is."),
  HUBSPOT_API_VERSION: z.enum(API_VERSIONS).default('2026-03').describe('Version of the Custom Channels API.'),
  OPS_PORT: operationsPort(9464),
};

export type PublisherConfig = ConfigOf<typeof shape>;
