/** A text with a mark for fewer characters is dense. Prose has one for fifteen, a table one for eight. */
const DENSE = 6;

/** Characters that end a block, or begin or end an element in one. */
const MARK = /\n+|[|*_~`[<>@]/g;
/** A picture's place is made of several elements, each laid out as a block. */
const PICTURE = /!\[|<img/gi;
const PICTURE_MARKS = 10;

/** As many elements as the text could make, more or less. */
export function countMarks(text: string): number {
  return count(text, MARK) + count(text, PICTURE) * PICTURE_MARKS;
}

/** Whether it has more marks than these and is hardly anything else: what no person and no model writes to be read. */
export function isDense(text: string, marks = 0): boolean {
  if (text.length < marks) return false;
  const found = countMarks(text);
  return found > marks && found * DENSE > text.length;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
