import { expect, test } from '@jest/globals';
import { PortalId } from '@parley/shared/contracts/ids';
import { RetryableError } from '@parley/shared/failures';
import { startBench } from '../testing/bench.ts';

test('the overview shows how many conversations wait, how deep, and why', async () => {
  await using bench = await startBench();
  bench.consume(async () => {
    throw new RetryableError('HubSpot answered <503>');
  });
  await bench.accept('stuck', ['one', 'two', 'three']);
  await bench.accept('also-stuck', ['one']);
  const browser = await bench.signIn();
  const page = async () => (await browser.get('/')).text;
  await bench.until(async () => (await page()).split('retrying').length === 3, 'both conversations wait for a retry');

  const text = await page();
  expect(text).toMatch(/Conversations waiting<\/dt><dd>2</);
  expect(text).toMatch(/Deepest lane<\/dt><dd>3</);
  expect(text).toContain('also-stuck');
  expect(text).toContain('HubSpot answered &lt;503&gt;');
});

test('the overview bounds what it shows of a flood', async () => {
  await using bench = await startBench();
  const conversations = Array.from({ length: 60 }, (_, number) => `flood-${number}`);
  for (const conversation of conversations) await bench.accept(conversation, ['one']);
  const { text } = await (await bench.signIn()).get('/');
  expect(text).toMatch(/Conversations waiting<\/dt><dd>60</);
  expect(text.match(/flood-\d+/g)).toHaveLength(25);
});

test('the overview says which portal waits, until when and why, and that its conversations wait', async () => {
  await using bench = await startBench();
  await bench.budget.block(PortalId.parse('48448169'), {
    forMs: 60_000,
    why: 'HubSpot no longer takes the access token (401)',
  });
  bench.consume(async () => {
    throw new RetryableError('paused', { scope: 'portal', retryAfterMs: 60_000 });
  });
  await bench.accept('snoozed', ['one']);
  const browser = await bench.signIn();
  await bench.until(
    async () => (await browser.get('/')).text.includes('>waiting</span>'),
    'the lane is shown as waiting',
  );
  const { text } = await browser.get('/');
  expect(text).toMatch(
    /Portal 48448169 waits until <time [^>]*>.+<\/time>: HubSpot no longer takes the access token \(401\)/,
  );
  expect(text).not.toContain('>delivering</span>');

  await bench.budget.open(PortalId.parse('48448169'));
  expect((await browser.get('/')).text).not.toContain('48448169');
});
