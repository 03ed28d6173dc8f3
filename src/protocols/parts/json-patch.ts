import { asArray, asObject, asString } from './json.js';

/** What cannot be applied leaves the document as it was. */
class PatchFailure extends Error {}

/**
 * A document after a JSON Patch (RFC 6902), which servers send for what changes in their state. The document that is
 * given stays as it is. Undefined where the patch does not fit it.
 */
export function applyJsonPatch(state: unknown, patch: unknown): unknown {
  try {
    return asArray(patch).reduce(applyOne, { value: state } as Holder).value;
  } catch (error) {
    if (error instanceof PatchFailure) return undefined;
    throw error;
  }
}

/** The document in a holder, so that the whole of it can be replaced like any other place. */
interface Holder {
  value: unknown;
}

function applyOne(holder: Holder, operation: unknown): Holder {
  const { op, path, from, value } = asObject(operation) ?? {};
  const steps = stepsOf(path);
  switch (op) {
    case 'add':
      return { value: put(holder.value, steps, value, true) };
    case 'replace':
      return { value: put(holder.value, steps, value, false) };
    case 'remove':
      return { value: take(holder.value, steps) };
    case 'copy':
      return { value: put(holder.value, steps, at(holder.value, stepsOf(from)), true) };
    case 'move':
      return { value: put(take(holder.value, stepsOf(from)), steps, at(holder.value, stepsOf(from)), true) };
    case 'test':
      if (JSON.stringify(at(holder.value, steps)) !== JSON.stringify(value)) throw new PatchFailure();
      return holder;
    default:
      throw new PatchFailure();
  }
}

/** The steps of a JSON Pointer (RFC 6901). */
function stepsOf(pointer: unknown): string[] {
  const text = asString(pointer);
  if (text === undefined || (text !== '' && !text.startsWith('/'))) throw new PatchFailure();
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function at(value: unknown, steps: string[]): unknown {
  return steps.reduce<unknown>((inner, step) => {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, step)) throw new PatchFailure();
    return (inner as Record<string, unknown>)[step];
  }, value);
}

/** A copy with `value` at a place. Only what is on the way there is copied. */
function put(target: unknown, [step, ...rest]: string[], value: unknown, insert: boolean): unknown {
  if (step === undefined) return value;
  if (Array.isArray(target)) return putIntoList(target, step, rest, value, insert);
  const object = asObject(target);
  if (!object || ((rest.length > 0 || !insert) && !Object.hasOwn(object, step))) throw new PatchFailure();
  return withEntry(object, step, rest.length === 0 ? value : put(object[step], rest, value, insert));
}

function putIntoList(list: unknown[], step: string, rest: string[], value: unknown, insert: boolean): unknown[] {
  const isLast = rest.length === 0;
  const index =
    step === '-' && isLast && insert ? list.length : indexOf(step, list.length + (isLast && insert ? 1 : 0));
  if (!isLast) return list.with(index, put(list[index], rest, value, insert));
  return insert ? list.toSpliced(index, 0, value) : list.with(index, value);
}

function take(target: unknown, [step, ...rest]: string[]): unknown {
  if (step === undefined) return null;
  if (Array.isArray(target)) {
    const index = indexOf(step, target.length);
    return rest.length === 0 ? target.toSpliced(index, 1) : target.with(index, take(target[index], rest));
  }
  const object = asObject(target);
  if (!object || !Object.hasOwn(object, step)) throw new PatchFailure();
  if (rest.length > 0) return withEntry(object, step, take(object[step], rest));
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== step));
}

function indexOf(step: string, length: number): number {
  const index = /^(0|[1-9]\d*)$/.test(step) ? Number(step) : length;
  if (index >= length) throw new PatchFailure();
  return index;
}

/** Not an assignment: `__proto__` is a name like any other. */
function withEntry(object: object, name: string, value: unknown): object {
  return Object.fromEntries([...Object.entries(object).filter(([key]) => key !== name), [name, value]]);
}
