import { expect, test } from '@jest/globals';
import { loadConfig } from '@parley/shared/config/load-config';
import { shape } from './config.ts';

test.each([
  ['no password', {}, /DASHBOARD_PASSWORD is missing/],
  ['a short password', { DASHBOARD_PASSWORD: 'elevenchars' }, /DASHBOARD_PASSWORD must be at least 12 characters/],
])('the dashboard does not start with %s', (_what, settings, problem) => {
  expect(() => loadConfig(shape, { REDIS_URL: 'redis://localhost', ...settings })).toThrow(problem);
});
