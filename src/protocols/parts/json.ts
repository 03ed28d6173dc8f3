/** Reading of values whose shape nobody has promised. Each gives undefined where the value is something else. */

export type JsonObject = Record<string, unknown>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asArray(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** JSON's `1e999` is read as infinity, which nothing can be counted with or written as. */
export function asNumber(value: unknown): number | undefined {
  return Number.isFinite(value) ? (value as number) : undefined;
}

/** An id is text or a number on the wire; here it is text. */
export function asId(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : asString(value);
}

/** What a table of ours has for a name from the wire, which may be `constructor`. */
export function lookUp<Value>(table: Record<string, Value>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const OPENING_BRACE = 123;

/** The value of a JSON text, or undefined. Text that cannot be JSON is told by its first character, without a throw. */
export function parseJson(text: string): unknown {
  if (text.charCodeAt(0) !== OPENING_BRACE && !/^\s*[[{"\-\dtfn]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A copy without the fields that are undefined. */
export function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
