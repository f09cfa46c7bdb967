import type { Row } from './row.ts';
import { acceptProfile } from './rows/accept-profile.ts';
import { backlog } from './rows/backlog.ts';
import { budget } from './rows/budget.ts';
import { drain } from './rows/drain.ts';
import { hour } from './rows/hour.ts';
import { ingress } from './rows/ingress.ts';
import { latency } from './rows/latency.ts';
import { memory } from './rows/memory.ts';
import { pipeline } from './rows/pipeline.ts';
import { portals } from './rows/portals.ts';
import { quietPortal } from './rows/quiet-portal.ts';
import { start } from './rows/start.ts';
import { stuck } from './rows/stuck.ts';
import { workers } from './rows/workers.ts';

/** In the order in which they are run and printed. */
export const rows: readonly Row[] = [
  ingress,
  acceptProfile,
  pipeline,
  latency,
  stuck,
  backlog,
  workers,
  portals,
  quietPortal,
  budget,
  drain,
  start,
  hour,
  memory,
];
