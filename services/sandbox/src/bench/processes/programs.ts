import { openParley } from '../carriers/parley.ts';
import { openPlainBullmq } from '../carriers/plain-bullmq.ts';
import { startExpressAdd } from '../servers/express-add.ts';
import { startExpressNothing } from '../servers/express-nothing.ts';
import { startParleyIngress } from '../servers/parley-ingress.ts';
import { startWorker } from './worker.ts';

export interface Running extends AsyncDisposable {
  readonly url: string;
}

/** What can be started as a process of its own, by its name on the command line. */
export const programs: Readonly<Record<string, (env: NodeJS.ProcessEnv) => Promise<Running>>> = {
  'express-nothing': startExpressNothing,
  'express-add': startExpressAdd,
  'parley-ingress': startParleyIngress,
  'plain-worker': (env) => startWorker(openPlainBullmq, env),
  'parley-worker': (env) => startWorker(openParley, env),
};
