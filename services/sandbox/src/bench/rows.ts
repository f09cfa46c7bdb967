import type { Row } from './row.ts';
import { ingress } from './rows/ingress.ts';
import { pipeline } from './rows/pipeline.ts';

/** In the order in which they are run and printed. */
export const rows: readonly Row[] = [ingress, pipeline];
