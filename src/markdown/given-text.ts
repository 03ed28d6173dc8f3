/**
 * Text that a host has handed over. Nothing is no text, as deltas without content are; a number is written as the DOM
 * writes it. Anything else would show as `[object Object]` or as the numbers of bytes.
 *
 * @param where what it was given to, for the words of the error.
 */
export function givenText(given: unknown, where: string): string {
  if (typeof given === 'string') return given;
  if (given === undefined || given === null) return '';
  if (typeof given === 'number' || typeof given === 'bigint' || typeof given === 'boolean') return String(given);
  throw new TypeError(`<ai-markdown>: ${where} takes text. ${remedyFor(given)}`);
}

function remedyFor(given: unknown): string {
  if (given instanceof Promise) return 'It was given a promise: await that first.';
  if (given instanceof ArrayBuffer || ArrayBuffer.isView(given))
    return 'It was given bytes: send them through `new TextDecoderStream()` first.';
  if (given instanceof ReadableStream || given instanceof Response)
    return 'It was given a stream: pipe its text to `writable`.';
  return `It was given ${nameOf(given)}: hand over the text that is in it.`;
}

function nameOf(given: unknown): string {
  if (Array.isArray(given)) return 'a list';
  return typeof given === 'object' ? 'an object' : `a ${typeof given}`;
}
