/** Scripts that are written without spaces, or broken anywhere all the same: between any two letters. */
const UNSPACED = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}]/u;
/** So many letters stand in one line, in a cell as narrow as may be. */
const SHORT = 6;

/** Tells styles of a cell whose column could become as narrow as one letter. To be called when its text is there. */
export function noteUnspaced(cell: HTMLElement): void {
  const text = cell.textContent ?? '';
  if (UNSPACED.test(text)) cell.dataset['unspaced'] = text.length > SHORT ? 'long' : 'short';
}
