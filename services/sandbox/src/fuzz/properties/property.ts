import fc from 'fast-check';

/** One thing that holds for every input of its kind. */
export interface Property {
  /** Throws with the smallest input found for which it does not hold; else how often each status was answered. */
  readonly hold: (parameters: { runs: number; seed: number }) => Promise<ReadonlyMap<number, number>>;
}

export const property = <Input>(
  input: fc.Arbitrary<Input>,
  /** Asks once, throws when the answer is not right, and returns its status. */
  check: (input: Input) => Promise<number>,
): Property => ({
  async hold({ runs, seed }) {
    const answered = new Map<number, number>();
    const counted = async (given: Input) => {
      const status = await check(given);
      answered.set(status, (answered.get(status) ?? 0) + 1);
    };
    await fc.assert(fc.asyncProperty(input, counted), { numRuns: runs, seed });
    return answered;
  },
});
