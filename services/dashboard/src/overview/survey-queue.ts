import { decodeEntry } from '@parley/shared/queues/lane';
import type { LaneState } from '@parley/shared/queues/lanes';
import type { OpenQueue } from '@parley/shared/queues/open-queue';

/** One conversation with messages that are not delivered yet. */
export interface WaitingLane {
  readonly lane: string;
  readonly depth: number;
  /** Of the message that is next, in milliseconds since 1970. */
  readonly headAcceptedAt: number;
  readonly state: LaneState['state'];
  readonly owner: LaneState['owner'];
}

export interface QueueSurvey {
  readonly queue: string;
  /** The lane whose next message waits longest is first. */
  readonly lanes: readonly WaitingLane[];
  /** False: there are more lanes than were looked at, so every number is a lower bound. */
  readonly complete: boolean;
  readonly deadLetters: number;
}

/** Bounds what one look at the page reads, since each lane brings its next message along. */
const MOST_LANES = 1_000;
const PAGE = 250;

export async function surveyQueue(
  queue: Pick<OpenQueue<unknown>, 'definition' | 'lanes' | 'letters'>,
): Promise<QueueSurvey> {
  const found = new Map<string, WaitingLane>(); // a scan may name one lane twice
  let cursor = '0';
  do {
    const page = await queue.lanes.survey(cursor, PAGE);
    cursor = page.cursor;
    for (const state of page.lanes) {
      if (state.depth > 0) found.set(state.lane, waitingLane(state));
    }
  } while (cursor !== '0' && found.size < MOST_LANES);

  return {
    queue: queue.definition.name,
    lanes: [...found.values()].toSorted((one, other) => one.headAcceptedAt - other.headAcceptedAt),
    complete: cursor === '0',
    deadLetters: await queue.letters.getWaitingCount(),
  };
}

const waitingLane = ({ lane, depth, head, state, owner }: LaneState): WaitingLane => ({
  lane,
  depth,
  headAcceptedAt: decodeEntry(head).acceptedAt,
  state,
  owner,
});
