import { assertConform, type SentRequest } from './conform.ts';

type Hook = (run: () => void) => void;

/** A sandbox, as far as this looks into it. */
interface Sender extends AsyncDisposable {
  readonly simulator: { readonly requests: () => readonly SentRequest[] };
}

/**
 * Makes each test fail in which a sandbox sent HubSpot something that is not in HubSpot's API: what it sent until it was disposed of,
 * its last work included. The failure comes from a hook after the test and not from the disposal, because an error of a disposal would
 * hide the test's own behind a SuppressedError whose message tells neither. Only a disposal outside of a test throws by itself.
 */
export function holdTestsToHubSpotsApi({
  beforeEach,
  afterEach,
}: {
  readonly beforeEach: Hook;
  readonly afterEach: Hook;
}) {
  let inTest = false;
  let disposed: Sender[] = [];

  const judge = () => {
    const judged = disposed;
    disposed = [];
    for (const { simulator } of judged) assertConform(simulator.requests());
  };
  beforeEach(() => {
    inTest = true;
  });
  afterEach(() => {
    inTest = false;
    judge();
  });

  return <Sandbox extends Sender>(sandbox: Sandbox): Sandbox => ({
    ...sandbox,
    async [Symbol.asyncDispose]() {
      disposed.push(sandbox); // judged later, with what the disposal itself makes it send
      await sandbox[Symbol.asyncDispose]();
      if (!inTest) judge();
    },
  });
}
