import { type Html, html, markupOf } from '@parley/shared/http/html';
import type { Figure } from '../figure.ts';

const WIDTH = 800;
const LEFT = 300;
const RIGHT = 90;
const TOP = 64;
const BAR = 16;
const GAP = 14;

/** Readable on white and on black. The last of those compared is Parley, and has a colour of its own. */
const STYLE = html`
  text { font: 13px system-ui, sans-serif; fill: #c4c9d1 }
  .title { font-weight: 600; font-size: 15px }
  .of-0 { fill: #8b94a3 } .of-1 { fill: #d08a3c } .of-last { fill: #3f87e5 }
  @media (prefers-color-scheme: light) { text { fill: #30363f } }`;

/** An SVG of horizontal bars from zero, a group of them for each figure, with the numbers at their ends. All are of one unit. */
export function barChart({ title, figures }: { title: string; figures: readonly Figure[] }): string {
  const shapes = [...new Set(figures.flatMap(({ values }) => Object.keys(values)))];
  const classes = new Map(shapes.map((shape, at) => [shape, at === shapes.length - 1 ? 'of-last' : `of-${at}`]));
  const greatest = Math.max(...figures.flatMap(({ values }) => Object.values(values)));
  const groupHeight = shapes.length * BAR + GAP;
  const height = TOP + figures.length * groupHeight;
  const groups = figures.map((figure, at) => group(figure, { y: TOP + at * groupHeight, classes, greatest }));
  return `${markupOf(html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${title}">
<style>${STYLE}</style>
<text class="title" x="16" y="22">${title}</text>
${[...classes].map(([shape, colour], at) => legend(shape, colour, 16 + at * 170))}
${groups}
</svg>`)}\n`;
}

const legend = (shape: string, colour: string, x: number): Html => html`
<rect class="${colour}" x="${x}" y="36" width="12" height="12" rx="2"/><text x="${x + 18}" y="47">${shape}</text>`;

const SHORT = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

interface Place {
  readonly y: number;
  /** Of each shape. */
  readonly classes: ReadonlyMap<string, string>;
  /** Reaches to the right edge. */
  readonly greatest: number;
}

function group({ what, unit, values }: Figure, { y, classes, greatest }: Place): Html {
  const bars = Object.entries(values).map(([shape, value], at) => {
    const top = y + at * BAR;
    const length = Math.max(1, Math.round((value / greatest) * (WIDTH - LEFT - RIGHT)));
    return html`
<rect class="${classes.get(shape)}" x="${LEFT}" y="${top + 1}" width="${length}" height="${BAR - 2}" rx="2"/>
<text x="${LEFT + length + 6}" y="${top + 13}">${SHORT.format(value)} ${unit}</text>`;
  });
  const middle = y + (bars.length * BAR) / 2 + 5;
  return html`
<text x="${LEFT - 12}" y="${middle}" text-anchor="end">${what}</text>${bars}`;
}
