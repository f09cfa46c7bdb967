import type { Parley } from '@parley/parley/service';
import { type Sandbox, startSandbox } from '../sandbox.ts';
import { NAMESPACE } from './carriers/parley.ts';

/** A demo bot and a simulated HubSpot with Parley's place between them left free, for processes that are given `environment`. */
export const startAround = (redisUrl: string): Promise<Sandbox> =>
  startSandbox({ redisUrl, namespace: NAMESPACE, parley: async () => NOBODY });

const NOBODY: Parley = {
  ingressUrl: '',
  dashboardUrl: '',
  ready: async () => undefined,
  [Symbol.asyncDispose]: async () => undefined,
};
