import type { Changes } from '../portal/changes.ts';
import type { Fault, Operation } from './faults.ts';

/** One call of HubSpot's API. The token is not in it. */
export interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** The account whose token it carries. */
  readonly portalId: string | undefined;
  /** HubSpot has said when this endpoint ends. */
  readonly deprecated: boolean;
  /** Undefined for a path that HubSpot does not have. */
  readonly operation: Operation | undefined;
  readonly body: unknown;
  readonly fault: Fault['kind'] | undefined;
  /** The status that HubSpot answered or would have; undefined as long as there is none. */
  status: number | undefined;
  /** False when the caller never saw the answer. */
  answered: boolean;
}

export interface RequestLog {
  /** Adds a call at its arrival. Its outcome is set later, by `changed`. */
  readonly add: (request: LoggedRequest) => LoggedRequest;
  readonly changed: (request: LoggedRequest, outcome: Pick<LoggedRequest, 'status' | 'answered'>) => void;
  /** Oldest first. */
  readonly list: () => readonly LoggedRequest[];
}

/** A demo may run for days: the oldest calls are let go. */
const MOST_KEPT = 10_000;

export function createRequestLog(changes: Pick<Changes, 'emit'>): RequestLog {
  const requests: LoggedRequest[] = [];
  return {
    add: (request) => {
      requests.push(request);
      if (requests.length > MOST_KEPT) requests.shift();
      changes.emit();
      return request;
    },
    changed: (request, outcome) => {
      Object.assign(request, outcome);
      changes.emit();
    },
    list: () => requests,
  };
}
