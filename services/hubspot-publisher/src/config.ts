import type { ConfigOf } from '@parley/shared/config/load-config';
import { account, common, hubspotApi, operationsPort } from '@parley/shared/config/settings';
import { z } from 'zod';

export const shape = {
  ...common,
  ...account,
  ...hubspotApi,
  HUBSPOT_MAX_TEXT: z.coerce
    .number()
    .int()
    .min(100)
    .default(10_000)
    .describe('Characters in one message to HubSpot, which names no limit. Longer words are split.'),
  OPS_PORT: operationsPort(9464),
};

export type PublisherConfig = ConfigOf<typeof shape>;
