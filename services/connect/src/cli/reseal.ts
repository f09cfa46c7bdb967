import { loadConfig } from '@parley/shared/config/load-config';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { withReachedBridge } from './bridge.ts';
import { Problem } from './problems.ts';
import { bridgeShape } from './settings.ts';

/** Seals everything with the newest key. What somebody writes meanwhile is theirs to seal; given again, it is done. */
export function reseal(env: NodeJS.ProcessEnv): Promise<string> {
  const config = loadConfig(bridgeShape, env);
  return withReachedBridge(config, async ({ redis, accounts, seal }) => {
    try {
      const secrets = await accounts.reseal(seal);
      const installs = await openInstalls({ redis, namespace: config.REDIS_NAMESPACE, seal }).reseal();
      return [
        `Sealed anew: ${secrets} signing secrets, ${installs} installs.`,
        'When every service runs with the new key in front, the others can be dropped.',
      ].join('\n');
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new Problem(what, 'Give all the keys that ever sealed anything in SEAL_KEYS, the new one first.');
    }
  });
}
