type Fields = Record<string, unknown>;

/** Deeper than this, objects are replaced whole: what a server nests without end must not end the stack. */
const MAX_DEPTH = 32;

/**
 * `base` with what `over` says: objects in objects are merged, everything else is replaced.
 * Names that reach an object's prototype are left out: they come from the wire.
 */
export function mergeObjects<Base extends object>(base: Base, over: object, depth = 0): Base {
  const merged = { ...base } as Fields;
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined || REACHING.has(name)) continue;
    const old = Object.hasOwn(merged, name) ? merged[name] : undefined;
    const nested = depth < MAX_DEPTH && isPlain(old) && isPlain(value);
    merged[name] = nested ? mergeObjects(old, value, depth + 1) : value;
  }
  return merged as Base;
}

const REACHING = new Set(['__proto__', 'constructor', 'prototype']);

function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
