import type { Row } from './row.ts';
import { backlog } from './rows/backlog.ts';
import { ingress } from './rows/ingress.ts';
import { latency } from './rows/latency.ts';
import { pipeline } from './rows/pipeline.ts';
import { portals } from './rows/portals.ts';
import { workers } from './rows/workers.ts';

/** In the order in which they are run and printed. */
export const rows: readonly Row[] = [ingress, pipeline, latency, backlog, workers, portals];
