import { expect, test } from '@jest/globals';
import { PortalId } from '@parley/shared/contracts/ids';
import { createSignedLinks } from './agent-files-signed.ts';

/** A HubSpot that signs when it is told to. */
function setup() {
  const asked: string[] = [];
  const answering = Promise.withResolvers<void>();
  let calls = 0;
  const signFile = async (fileId: string) => {
    asked.push(fileId);
    calls += 1;
    const url = `https://f.hubspot.com/${fileId}?${calls}`;
    await answering.promise;
    return url;
  };
  let clock = 0;
  const signedLink = createSignedLinks({ filesOf: () => ({ signFile }), now: () => clock });
  const ofPortal = (fileId: string) => signedLink({ portal: PortalId.parse('48448169'), fileId });
  const later = (ms: number) => {
    clock += ms;
  };
  return { asked, signedLink: ofPortal, answer: answering.resolve, later };
}

const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    (problem: unknown) => Object(problem).status,
  );

test('one file is asked for once, however many wait, and too many are turned away', async () => {
  const it = setup();
  const waiting = many(21, () => statusOf(it.signedLink('7')));
  expect(await waiting.at(-1)).toBe(429);
  it.answer();
  expect(await Promise.all(waiting.slice(0, -1))).toEqual(many(20, () => 200));
  expect(await it.signedLink('7')).toBe('https://f.hubspot.com/7?1');
  expect(it.asked).toEqual(['7']);
});

test('of too many files at once the last is turned away, and is asked for when there is room', async () => {
  const it = setup();
  const waiting = many(51, (index) => statusOf(it.signedLink(String(index))));
  expect(await waiting.at(-1)).toBe(429);
  it.answer();
  expect(await Promise.all(waiting.slice(0, -1))).toEqual(many(50, () => 200));
  expect(await it.signedLink('50')).toBe('https://f.hubspot.com/50?51');
});

test('a link is kept for four minutes from when it was asked for', async () => {
  const it = setup();
  const first = it.signedLink('7');
  it.later(10_000);
  it.answer();
  await first;
  it.later(229_999);
  expect(await it.signedLink('7')).toBe('https://f.hubspot.com/7?1');
  it.later(1);
  expect(await it.signedLink('7')).toBe('https://f.hubspot.com/7?2');
});
