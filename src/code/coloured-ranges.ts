import { shareHighlights } from '../element/style-sheets.js';
import { colourCode, type Colour, type Stretch } from './code-colours.js';

export { knownLanguage, loadLanguage } from './code-colours.js';

export type ColouredRange = [Highlight, StaticRange];

/** Colours a text that goes on after `before`. */
export function colour(text: Text, before: string, language: string): ColouredRange[] {
  const ranges = rangesOf(text, colourCode(before + text.data, language), before.length);
  for (const [highlight, range] of ranges) highlight.add(range);
  shareHighlights(text);
  return ranges;
}

/** The stretches behind `from` as ranges in the text, which begins there. */
function rangesOf(text: Text, stretches: readonly Stretch[], from: number): ColouredRange[] {
  return stretches
    .filter(({ end }) => end > from)
    .map(({ start, end, colour }) => {
      const place = { startContainer: text, startOffset: Math.max(0, start - from) };
      return [registered(colour), new StaticRange({ ...place, endContainer: text, endOffset: end - from })];
    });
}

function registered(colour: Colour): Highlight {
  const name = `ai-code-${colour}`;
  const known = CSS.highlights.get(name);
  if (known) return known;
  const created = new Highlight();
  CSS.highlights.set(name, created);
  return created;
}
