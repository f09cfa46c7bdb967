import { ConfigError } from '@parley/shared/config/load-config';
import { SetUpError } from '@parley/shared/hubspot/channels-calls';
import { Problem, remedyOf } from '../problems.ts';
import { type Finding, failed } from './check.ts';

/** What keeps HubSpot from being asked, or from answering, is what the check found. */
export async function told(check: () => Promise<Finding>): Promise<Finding> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof SetUpError) return failed(error.message, remedyOf(error));
    if (error instanceof Problem) return failed(error.message, error.remedy);
    if (error instanceof ConfigError) return failed(error.message, 'Complete them.');
    throw error;
  }
}
