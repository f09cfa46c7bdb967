import { randomBytes, randomInt } from 'node:crypto';

/** Ids in the form that HubSpot gives them. Numeric ones count up from a number that looks like HubSpot's, in decimal digits. */
export interface Ids {
  readonly thread: () => string;
  readonly contact: () => string;
  readonly ticket: () => string;
  readonly channel: () => string;
  readonly account: () => string;
  readonly inbox: () => string;
  readonly file: () => string;
  readonly visitor: () => string;
  readonly agentActor: () => string;
}

export function createIds(): Ids {
  const user = counter(2_620_022);
  return {
    thread: counter(176_347_007),
    contact: counter(1_401),
    file: counter(192_310_001),
    channel: counter(478_001),
    account: counter(898_200_001),
    inbox: counter(482_001),
    ticket: counter(5_003_001),
    visitor: counter(90_000_001),
    agentActor: () => `A-${user()}`,
  };
}

const counter = (from: number) => {
  let next = from;
  return () => String(next++);
};

/** 32 hexadecimal digits. */
export const newMessageId = (): string => randomBytes(16).toString('hex');

/** HubSpot says of this number that it is "not guaranteed to be unique". */
export const newEventNumber = (): number => randomInt(1_000_000_000, 2_000_000_000);
