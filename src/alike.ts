/** Settings are not deeper; what is, is told apart by itself. */
const DEPTH = 6;

/** A value as it is now: lists and plain objects are copied, all else stands for itself. */
export function copyOf(value: unknown, depth = DEPTH): unknown {
  if (depth === 0 || !isPlain(value)) return value;
  if (Array.isArray(value)) return value.map((one) => copyOf(one, depth - 1));
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, copyOf(one, depth - 1)]));
}

/** Whether two values say the same, be they other objects, as frameworks make them at each render. */
export function isAlike(one: unknown, other: unknown, depth = DEPTH): boolean {
  if (Object.is(one, other)) return true;
  if (depth === 0 || !isPlain(one) || !isPlain(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const entries = Object.entries(one);
  return (
    entries.length === Object.keys(other).length &&
    entries.every(([name, value]) => Object.hasOwn(other, name) && isAlike(value, other[name], depth - 1))
  );
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  return Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
}
