/** A text with a mark for fewer characters is dense. Prose has one for fifteen, a table one for eight. */
const DENSE = 6;

/** Characters that end a block, or begin or end an element in one. */
const MARK = /\n+|[|*_~`[<>@]/g;

/** As many elements as the text could make, more or less. */
export function countMarks(text: string): number {
  return text.match(MARK)?.length ?? 0;
}

/** Whether it has more marks than these and is hardly anything else: what no person and no model writes to be read. */
export function isDense(text: string, marks = 0): boolean {
  if (text.length < marks) return false;
  const count = countMarks(text);
  return count > marks && count * DENSE > text.length;
}
