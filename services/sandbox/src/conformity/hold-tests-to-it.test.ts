import { describe, expect, test } from '@jest/globals';
import { holdTestsToHubSpotsApi } from './hold-tests-to-it.ts';

const KNOWN = { method: 'GET', path: '/conversations/v3/conversations/inboxes', query: '', body: undefined };
const UNKNOWN = { ...KNOWN, path: '/nowhere' };

/** Plays a test runner that calls the hooks by hand, and a sandbox that sends one more request as it goes. */
function setup(last = UNKNOWN) {
  const hooks = { before: () => {}, after: () => {} };
  const held = holdTestsToHubSpotsApi({
    beforeEach: (run) => {
      hooks.before = run;
    },
    afterEach: (run) => {
      hooks.after = run;
    },
  });
  const requests = [KNOWN];
  const sandbox = held({
    simulator: { requests: () => requests },
    async [Symbol.asyncDispose]() {
      requests.push(last);
    },
  });
  return { hooks, sandbox };
}

describe("a test that sends HubSpot what is not in HubSpot's API", () => {
  test('fails after its end, by what was sent even during the disposal', async () => {
    const { hooks, sandbox } = setup();
    hooks.before();
    await sandbox[Symbol.asyncDispose]();
    expect(hooks.after).toThrow('request 2, GET /nowhere');
    expect(hooks.after).not.toThrow();
  });

  test('keeps the message of its own failure', async () => {
    const { hooks, sandbox } = setup();
    hooks.before();
    const run = async () => {
      await using _disposed = sandbox;
      throw new Error('its own failure');
    };
    await expect(run()).rejects.toThrow('its own failure');
    expect(hooks.after).toThrow('request 2, GET /nowhere');
  });

  test('fails at the disposal itself when that comes outside of a test', async () => {
    const { hooks, sandbox } = setup();
    hooks.before();
    hooks.after();
    await expect(sandbox[Symbol.asyncDispose]()).rejects.toThrow('request 2, GET /nowhere');
  });

  test('passes when all of it is in the API', async () => {
    const { hooks, sandbox } = setup(KNOWN);
    hooks.before();
    await sandbox[Symbol.asyncDispose]();
    expect(hooks.after).not.toThrow();
  });
});
