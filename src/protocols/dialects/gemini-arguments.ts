import { asArray, asObject, asString, type JsonObject } from '../parts/json.js';

/** What no tool of a sane schema has; a path past it is not followed. */
const MAX_DEPTH = 64;
const MAX_INDEX = 10_000;

/** The arguments of a call that come as values at places: `{jsonPath: '$.city.name', stringValue: 'Zür', willContinue: true}`. */
export class PartialArguments {
  readonly #root: JsonObject = {};
  /** Places whose text goes on. */
  readonly #growing = new Set<string>();

  read(partial: unknown): void {
    const value = asObject(partial) ?? {};
    const path = asString(value.jsonPath) ?? '';
    const steps = stepsOf(path);
    if (steps.length === 0 || steps.length > MAX_DEPTH) return;
    const text = asString(value.stringValue);
    const grows = text !== undefined && this.#growing.has(path);
    set(this.#root, steps, (before) => (grows ? `${asString(before) ?? ''}${text}` : valueOf(value)));
    if (text !== undefined && value.willContinue === true) this.#growing.add(path);
    else this.#growing.delete(path);
  }

  get value(): JsonObject {
    return this.#root;
  }
}

function valueOf({ stringValue, numberValue, boolValue }: JsonObject): unknown {
  return stringValue ?? numberValue ?? boolValue ?? null;
}

type Step = string | number;

/** The steps of `$.a[0]['b c']`. */
function stepsOf(path: string): Step[] {
  const found = path.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]/g);
  return [...found].map(([, name, index, single, double]) =>
    index === undefined
      ? (name ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'))
      : Math.min(Number(index), MAX_INDEX),
  );
}

function set(target: object, [step, ...rest]: Step[], change: (before: unknown) => unknown): void {
  const key = step!;
  const before = Object.hasOwn(target, key) ? (target as Record<Step, unknown>)[key] : undefined;
  const next = rest.length === 0 ? change(before) : inner(before, rest[0]!);
  // Not an assignment: `__proto__` is a name like any other.
  Object.defineProperty(target, key, { value: next, writable: true, enumerable: true, configurable: true });
  if (rest.length > 0) set(next as object, rest, change);
}

function inner(before: unknown, step: Step): object {
  if (typeof step === 'number') return Array.isArray(before) ? asArray(before) : [];
  return asObject(before) ?? {};
}
