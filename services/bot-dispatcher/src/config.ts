import type { ConfigOf } from '@parley/shared/config/load-config';
import { common, hubspotApi, hubspotWebhooks, operationsPort } from '@parley/shared/config/settings';

export const shape = {
  ...common,
  ...hubspotApi,
  ...hubspotWebhooks,
  OPS_PORT: operationsPort(9465),
};

export type DispatcherConfig = ConfigOf<typeof shape>;
