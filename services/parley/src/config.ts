import { shape as dispatcher } from '@parley/bot-dispatcher/config';
import { shape as dashboard } from '@parley/dashboard/config';
import { shape as publisher } from '@parley/hubspot-publisher/config';
import { shape as ingress } from '@parley/ingress/config';
import type { ConfigOf } from '@parley/shared/config/load-config';
import { operationsPort } from '@parley/shared/config/settings';

/** All that the services of one small installation need; they share one operations port. */
export const shape = { ...ingress, ...publisher, ...dispatcher, ...dashboard, OPS_PORT: operationsPort(9463) };

export type ParleyConfig = ConfigOf<typeof shape>;
