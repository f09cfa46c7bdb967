import type { Values } from './figure.ts';

/** The value below which this share of all lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Measures each of them in turn, `rounds` times over, and gives the median of each number of each: what else the machine does
 * meanwhile falls on all of them alike.
 */
export async function interleaved<Measure extends string>(
  rounds: number,
  measurements: Readonly<Record<string, () => Promise<Readonly<Record<Measure, number>>>>>,
): Promise<(measure: Measure) => Values> {
  const taken = Object.entries(measurements).map(([name, measure]) => ({
    name,
    measure,
    rounds: [] as Readonly<Record<Measure, number>>[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const one of taken) one.rounds.push(await one.measure());
  }
  return (measure) =>
    Object.fromEntries(taken.map((one) => [one.name, median(one.rounds.map((numbers) => numbers[measure]))]));
}
