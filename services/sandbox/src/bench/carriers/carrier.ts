import type { EventFromBot } from '@parley/shared/contracts/event-from-bot';
import type { Lane } from '@parley/shared/queues/lane';

/** One way to bring messages through Redis from whoever accepts them to whoever handles them. */
export interface Carrier extends AsyncDisposable {
  readonly accept: (lane: Lane, messages: readonly EventFromBot[]) => Promise<unknown>;
  /** Starts one worker. Disposing lets it finish what it has in hand. */
  readonly work: (handle: (message: EventFromBot) => Promise<void>) => Promise<AsyncDisposable>;
}

export type OpenCarrier = (redisUrl: string) => Promise<Carrier>;
