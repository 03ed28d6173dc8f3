/** Settings are not deeper; what is, is told apart by itself. */
const DEPTH = 6;

/**
 * What a value says, as a list: two values whose lists are the same say the same, be they other objects, as frameworks
 * make them at each render. Lists and plain objects are looked into, all else stands for itself.
 */
export function saidBy(value: unknown, depth = DEPTH): unknown[] {
  if (depth === 0 || !isPlain(value)) return [value];
  const entries = Object.entries(value);
  const said = entries.flatMap(([name, one]) => [name, ...saidBy(one, depth - 1)]);
  return [value.constructor, entries.length, ...said];
}

function isPlain(value: unknown): value is object {
  return Array.isArray(value) || (value instanceof Object && Object.getPrototypeOf(value) === Object.prototype);
}
