import { shape as dispatcher } from '@parley/bot-dispatcher/config';
import { startBotDispatcher } from '@parley/bot-dispatcher/service';
import { shape as publisher } from '@parley/hubspot-publisher/config';
import { startHubSpotPublisher } from '@parley/hubspot-publisher/service';
import { runService } from '@parley/shared/process/run-service';
import { z } from 'zod';
import { compressed } from './compressed.ts';

const name = process.argv[2];
const { catalogue, closing, reconcileRoundMs } = compressed(z.coerce.number().parse(process.env.RETRY_PACE));

if (name === 'hubspot-publisher')
  await runService({
    name,
    shape: publisher,
    env: process.env,
    start: (config, telemetry) => startHubSpotPublisher(config, { telemetry, catalogue, reconcileRoundMs }),
  });
else
  await runService({
    name: 'bot-dispatcher',
    shape: dispatcher,
    env: process.env,
    start: (config, telemetry) => startBotDispatcher(config, { telemetry, catalogue, closing }),
  });
