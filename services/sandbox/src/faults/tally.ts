import { conversationIn, type Said, type Speech } from './speech.ts';
import type { World } from './world.ts';

/** What became of everything that was said, both ways. */
export interface Tally {
  readonly said: number;
  readonly lost: number;
  readonly doubled: number;
  /** Arrived after something that was accepted later. */
  readonly outOfOrder: number;
  /** Sent more than once under one id, by which the receiver knew it: nobody saw it twice. */
  readonly repeats: number;
  /** Refused by the receiver for good: not lost, since it was never to arrive. */
  readonly refused: number;
}

export function tally(world: World, speech: Speech): Tally {
  const { simulator, bot } = world;
  const publishes = simulator.requests().filter(({ operation }) => operation === 'publish');
  const refused = new Set(publishes.flatMap(({ status, body }) => (status === 400 ? [textIn(body)] : [])));
  const stored = publishes.filter(({ status }) => status === 201).length;
  const atHubSpot = arrivedAtHubSpot(world);
  const directions = [
    compare(accepted(speech.fromVisitors), atHubSpot, refused),
    compare(speech.fromAgents, bot.shown, bot.refused),
  ];
  const sum = (count: (of: Compared) => number) => directions.reduce((all, direction) => all + count(direction), 0);
  return {
    said: sum(({ said }) => said),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    outOfOrder: sum(({ outOfOrder }) => outOfOrder),
    repeats: stored - incoming(world).length + bot.repeats(),
    refused: refused.size + bot.refused.size,
  };
}

/** How much of what was said before `before` has not arrived, though it may still come to be accepted. */
export function missing(world: World, speech: Speech, before = Number.POSITIVE_INFINITY): number {
  const { simulator, bot } = world;
  const arrived = new Set([...arrivedAtHubSpot(world), ...bot.shown, ...bot.refused]);
  for (const { status, body } of simulator.requests()) if (status === 400) arrived.add(textIn(body));
  return [...speech.fromVisitors, ...speech.fromAgents].filter(({ text, at }) => at <= before && !arrived.has(text))
    .length;
}

const incoming = ({ simulator }: World) =>
  simulator
    .threads()
    .flatMap(({ messages }) =>
      messages.flatMap((message) => (message.type === 'MESSAGE' && message.direction === 'INCOMING' ? [message] : [])),
    );

const arrivedAtHubSpot = (world: World): string[] => incoming(world).map(({ text }) => text);

const textIn = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'text' in body ? String(body.text) : '';

/** An agent's words are said when HubSpot shows them, whether it could tell of them or not; a visitor's when they were accepted. */
const accepted = (said: readonly Said[]) => said.filter(({ until }) => until !== undefined);

type Compared = Pick<Tally, 'said' | 'lost' | 'doubled' | 'outOfOrder'>;

export function compare(all: readonly Said[], arrived: readonly string[], refused: ReadonlySet<string>): Compared {
  const said = new Map(all.map((one) => [one.text, one]));
  const known = arrived.filter((text) => said.has(text));
  const firsts = [...new Set(known)];
  const due = all.filter(({ text }) => !refused.has(text));
  const there = new Set(known);
  return {
    said: all.length,
    lost: due.filter(({ text }) => !there.has(text)).length,
    doubled: known.length - firsts.length,
    outOfOrder: overtaken(firsts.flatMap((text) => said.get(text) ?? [])),
  };
}

function overtaken(inOrderOfArrival: readonly Said[]): number {
  const latest = new Map<string, number>();
  let count = 0;
  for (const { text, from = 0, until = Number.POSITIVE_INFINITY } of inOrderOfArrival) {
    const conversation = conversationIn(text);
    const before = latest.get(conversation) ?? Number.NEGATIVE_INFINITY;
    if (until < before) count += 1;
    latest.set(conversation, Math.max(before, from));
  }
  return count;
}
