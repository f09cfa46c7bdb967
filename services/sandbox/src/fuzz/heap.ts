import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes over the whole run that are no leak of ours: caches that fill, and the consents that the simulated HubSpot remembers. */
const MOST_GROWTH = 16 * 1_048_576;

export interface HeapGrowth {
  /** Bytes that the heap grew by with each input, by the line that fits all samples best. */
  readonly bytesPerInput: number;
  readonly samples: readonly { readonly inputs: number; readonly bytes: number }[];
  readonly holds: boolean;
}

/** Watches the heap as it is after everything that nobody holds was collected. */
export function watchHeap() {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const samples: { inputs: number; bytes: number }[] = [];

  return {
    /** Bytes. */
    sample(inputs: number): number {
      collect();
      const bytes = process.memoryUsage().heapUsed;
      samples.push({ inputs, bytes });
      return bytes;
    },
    /** The first third of the samples is what the process needs to get going. */
    growth(): HeapGrowth {
      const settled = samples.slice(Math.floor(samples.length / 3));
      const { inputs = 0 } = samples.at(-1) ?? {};
      const bytesPerInput = slopeOf(settled.map((sample) => [sample.inputs, sample.bytes]));
      return { bytesPerInput, samples, holds: bytesPerInput * inputs < MOST_GROWTH };
    },
  };
}

/** Of the line of least squares. */
function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const [meanX, meanY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  return covariance / mean(points.map(([x]) => (x - meanX) ** 2));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
