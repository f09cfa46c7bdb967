import { shape as dispatcher } from '@parley/bot-dispatcher/config';
import { startBotDispatcher } from '@parley/bot-dispatcher/service';
import { shape as publisher } from '@parley/hubspot-publisher/config';
import { startHubSpotPublisher } from '@parley/hubspot-publisher/service';
import { shape as ingress } from '@parley/ingress/config';
import { startIngress } from '@parley/ingress/service';
import { shape as parley } from '@parley/parley/config';
import { startParley } from '@parley/parley/service';
import { runService } from '@parley/shared/process/run-service';
import { z } from 'zod';
import type { Program } from '../shapes.ts';
import { compressed } from './compressed.ts';

const { env } = process;
const { catalogue, ...paces } = compressed(z.coerce.number().parse(env.RETRY_PACE));

const programs: Record<Program, (name: string) => Promise<void>> = {
  ingress: (name) =>
    runService({ name, shape: ingress, env, start: (config, telemetry) => startIngress(config, { telemetry }) }),
  'hubspot-publisher': (name) =>
    runService({
      name,
      shape: publisher,
      env,
      start: (config, telemetry) => startHubSpotPublisher(config, { telemetry, catalogue, ...paces }),
    }),
  'bot-dispatcher': (name) =>
    runService({
      name,
      shape: dispatcher,
      env,
      start: (config, telemetry) => startBotDispatcher(config, { telemetry, catalogue, ...paces }),
    }),
  all: (name) =>
    runService({
      name,
      shape: parley,
      env,
      start: (config, telemetry) => startParley(config, { telemetry, catalogue, paces }),
    }),
};

const name = z.enum(['ingress', 'hubspot-publisher', 'bot-dispatcher', 'all']).parse(process.argv[2]);
await programs[name](name);
