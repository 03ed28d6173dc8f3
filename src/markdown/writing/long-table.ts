import { onNextFrame } from '../../element/frames.js';

/** Rows that a table has when its columns are no longer fitted to each row that comes. */
const LONG = 100;
/** How narrow a column may become, in ems, where its place does: the words in it wrap. */
const NARROW = 7;

/**
 * Keeps the columns of a long table as wide as its first rows have made them. To fit them to each new row, a browser
 * lays out all rows again; and a reader who is in the middle of them does not want them to move. To be called when the
 * table has just been laid out: it is changed with the next frame.
 */
export function keepColumns(box: HTMLElement): void {
  const table = box.querySelector<HTMLTableElement>(':scope > table');
  const cells = [...(table?.tHead?.rows[0]?.cells ?? [])];
  if (!table || box.dataset['long'] === String(cells.length)) return;
  if ((table.tBodies[0]?.rows.length ?? 0) < LONG || box.clientWidth === 0) return;
  const em = Number.parseFloat(getComputedStyle(table).fontSize);
  const scrolls = box.scrollWidth > box.clientWidth + 1;
  const columns = cells.map((cell) => trackOf(cell.getBoundingClientRect().width / em, scrolls));
  onNextFrame(() => {
    box.dataset['long'] = String(cells.length);
    box.style.setProperty('--_columns', columns.join(' '));
  });
}

/** What is wider than its place stays as wide; what fits goes with its place. */
function trackOf(width: number, scrolls: boolean): string {
  const least = scrolls ? width : Math.min(width, NARROW);
  return `minmax(${least.toFixed(3)}em, ${Math.max(1, width).toFixed(3)}fr)`;
}
