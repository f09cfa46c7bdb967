import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { common, operationsPort, port } from '@parley/shared/config/settings';
import { z } from 'zod';

export const shape = {
  ...common,
  DASHBOARD_PORT: port(3001, "Port of the operators' dashboard."),
  OPS_PORT: operationsPort(9467),
  DASHBOARD_USER: z.string().default('operator').describe('Name that operators sign in with.'),
  DASHBOARD_PASSWORD: secret(
    'Password that operators sign in with, at least 12 characters.',
    z.string().min(12, 'must be at least 12 characters, for example from `openssl rand -base64 18`'),
  ),
};

export type DashboardConfig = ConfigOf<typeof shape>;
