import type { Role } from './shapes.ts';
import type { Talk } from './speech.ts';
import type { World } from './world.ts';

/** One kind of bad day. */
export interface Row {
  readonly name: string;
  /** What happens, for whoever reads the table. */
  readonly what: string;
  /** What to know when reading its figures. */
  readonly note?: string;
  /** Makes it happen while people talk, and resolves when it is over. */
  readonly inflict: (world: World) => Promise<void>;
  /** It waits for a lock or a look that counts in seconds: begun first. */
  readonly long?: true;
  readonly agents?: Talk['agents'];
  /** Each part of the bridge is a process of its own, that can be killed or stopped. Otherwise one process is all of it. */
  readonly apart?: boolean;
  /** By how many milliseconds clocks are wrong. */
  readonly clocks?: Partial<Record<Role, number>>;
  /** Redis has a replica, and sentinels that can make it primary. */
  readonly replicated?: true;
}
