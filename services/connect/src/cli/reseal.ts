import { loadConfig } from '@parley/shared/config/load-config';
import { openInstalls } from '@parley/shared/hubspot/oauth/installs';
import { withReachedBridge } from './bridge.ts';
import { Problem } from './problems.ts';
import { bridgeShape } from './settings.ts';

/** Seals everything with the newest key. What somebody writes meanwhile is theirs to seal; given again, it is done. */
export function reseal(env: NodeJS.ProcessEnv): Promise<string> {
  const config = loadConfig(bridgeShape, env);
  return withReachedBridge(config, async ({ redis, accounts, seal }) => {
    const secrets = await accounts.reseal(seal);
    const installs = await openInstalls({ redis, namespace: config.REDIS_NAMESPACE, seal }).reseal();
    const lost = [
      ...secrets.lost.map((account) => `the secret of account ${account}`),
      ...installs.lost.map((portal) => `the install of portal ${portal}`),
    ];
    if (lost.length > 0)
      throw new Problem(
        `There is no key for ${lost.join(', ')}; everything else is sealed anew`,
        'Add the key that sealed them to SEAL_KEYS. When it is lost: `accounts change --new-secrets`, or install the app again.',
      );
    return [
      `Sealed anew: ${secrets.sealed} signing secrets, ${installs.sealed} installs.`,
      'When every service runs with the new key in front, the others can be dropped.',
    ].join('\n');
  });
}
