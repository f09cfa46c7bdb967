import { writeFile } from 'node:fs/promises';
import type { Figure } from '../figure.ts';
import { barChart } from './bar-chart.ts';

/** The pictures of the README, each of the figures of one row. */
const PLOTS: Readonly<Record<string, { title: string; of: (figure: Figure) => boolean }>> = {
  pipeline: {
    title: 'Delivered a second by one worker: Parley in order, plain BullMQ in none',
    of: ({ unit }) => unit === '/s',
  },
  stuck: {
    title: 'How long other conversations wait while the calls of one hang',
    of: () => true,
  },
};

/** Draws `plots/<row>.svg` anew for each row that has a picture and was measured. */
export async function drawPlots(measured: Readonly<Record<string, readonly Figure[]>>): Promise<string[]> {
  const drawn: string[] = [];
  for (const [row, figures] of Object.entries(measured)) {
    const plot = PLOTS[row];
    if (!plot) continue;
    const file = new URL(`./${row}.svg`, import.meta.url);
    await writeFile(file, barChart({ title: plot.title, figures: figures.filter(plot.of) }));
    drawn.push(file.pathname);
  }
  return drawn;
}
