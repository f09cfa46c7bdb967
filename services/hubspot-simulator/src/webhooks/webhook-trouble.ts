import { randomUUID } from 'node:crypto';
import { z } from 'zod';

export type WebhookTarget = 'channel' | 'events';

/**
 * What goes wrong with a delivery: `duplicate` is sent twice; `drop` never; `late` after `delayMs`; `hold` when told to; `reorder` after
 * the one that follows; `wrong-signature` and `stale-timestamp` spoil each of its attempts.
 */
export const WebhookTrouble = z.strictObject({
  kind: z.enum(['duplicate', 'drop', 'late', 'hold', 'reorder', 'wrong-signature', 'stale-timestamp']),
  target: z.enum(['channel', 'events', 'any']).default('any'),
  /** How many deliveries it happens to. */
  times: z.int().positive().default(1),
  delayMs: z.int().min(0).default(8_000),
});
export type WebhookTrouble = z.infer<typeof WebhookTrouble>;

export interface PlannedTrouble extends WebhookTrouble {
  readonly id: string;
}

/** The trouble that awaits the next deliveries. The one planned first happens first, and one delivery has one trouble at most. */
export function createTroublePlan() {
  const planned: PlannedTrouble[] = [];
  return {
    add: (trouble: z.input<typeof WebhookTrouble>): string => {
      const id = randomUUID();
      planned.push({ ...WebhookTrouble.parse(trouble), id });
      return id;
    },
    list: (): readonly PlannedTrouble[] => planned.map((trouble) => ({ ...trouble })),
    remove: (id: string): void => void planned.splice(0, planned.length, ...planned.filter((other) => other.id !== id)),
    clear: (): void => void planned.splice(0),
    take: (target: WebhookTarget): WebhookTrouble | undefined => {
      const next = planned.find((trouble) => trouble.target === target || trouble.target === 'any');
      if (next && --next.times === 0) planned.splice(planned.indexOf(next), 1);
      return next;
    },
  };
}
