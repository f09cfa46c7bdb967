import { describe, expect, test } from '@jest/globals';
import { runCli } from './cli.ts';

async function explained(words: string) {
  const [printed, complained]: [string[], string[]] = [[], []];
  const code = await runCli(['explain', ...words.split(' ')], {
    env: {},
    print: (line) => void printed.push(line),
    complain: (line) => void complained.push(line),
  });
  return { code, printed: printed.join('\n'), complained: complained.join('\n') };
}

describe('parley explain', () => {
  test.each([
    ['Actor type VISITOR is not supported for sending', /-> .*`visitor\.message`.*custom channel/],
    ['Channel 477835 not found', /-> The token's app must own the channel/],
    ['The API key provided is invalid. View or manage your API key here', /-> HUBSPOT_DEVELOPER_KEY/],
    ["This app hasn't been granted all required scopes to make this call", /-> Give the app the scopes/],
    ['the channel account is inactive', /-> An administrator switches it on/],
    ['each message opens a new thread', /-> .*threadingModel must be INTEGRATION_THREAD_ID/],
  ])('says what to do about "%s"', async (words, remedy) => {
    expect(await explained(words)).toMatchObject({ code: 0, printed: expect.stringMatching(remedy) });
  });

  test('sends whoever has another error to the doctor', async () => {
    expect(await explained('I am a teapot')).toMatchObject({ code: 1, complained: expect.stringContaining('doctor') });
  });
});
