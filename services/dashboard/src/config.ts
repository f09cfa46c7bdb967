import { type ConfigOf, secret } from '@parley/shared/config/load-config';
import { common } from '@parley/shared/config/settings';
import { z } from 'zod';

export const shape = {
  ...common,
  DASHBOARD_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(3001)
    .describe("Port of the operators' dashboard."),
  DASHBOARD_USER: z.string().default('operator').describe('Name that operators sign in with.'),
  DASHBOARD_PASSWORD: secret(
    'Password that operators sign in with, at least 12 characters.',
    z.string().min(12, 'must be at least 12 characters, for example from `openssl rand -base64 18`'),
  ),
};

export type DashboardConfig = ConfigOf<typeof shape>;
