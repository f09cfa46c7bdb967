import type { ConfigOf } from '@parley/shared/config/load-config';
import { account, common, hubspotApi, operationsPort } from '@parley/shared/config/settings';

export const shape = {
  ...common,
  ...account,
  ...hubspotApi,
  OPS_PORT: operationsPort(9464),
};

export type PublisherConfig = ConfigOf<typeof shape>;
