import { openParley } from '../carriers/parley.ts';
import { openPlainBullmq } from '../carriers/plain-bullmq.ts';
import { startAllOfParley } from '../servers/all-of-parley.ts';
import { startExpressAdd } from '../servers/express-add.ts';
import { startExpressDirect } from '../servers/express-direct.ts';
import { startExpressNothing } from '../servers/express-nothing.ts';
import { startParleyIngress } from '../servers/parley-ingress.ts';
import { startWorker } from './worker.ts';

export interface Running extends AsyncDisposable {
  readonly url: string;
}

/** What can be started as a process of its own, by its name on the command line. */
export const programs: Readonly<Record<string, (env: NodeJS.ProcessEnv) => Promise<Running>>> = {
  'express-nothing': startExpressNothing,
  'express-direct': startExpressDirect,
  'express-add': startExpressAdd,
  'parley-ingress': startParleyIngress,
  parley: startAllOfParley,
  'plain-worker': (env) => startWorker(openPlainBullmq, env),
  'parley-worker': (env) => startWorker(openParley, env),
};
