/**
 * Text that a host has handed over. Nothing is no text, as deltas without content are; a number is written as the DOM
 * writes it. Anything else would show as `[object Object]` or as the numbers of bytes.
 *
 * @param where what it was given to, for the words of the error.
 */
export function givenText(given: unknown, where: string): string {
  if (given === undefined || given === null) return '';
  const kind = typeof given;
  if (kind !== 'object' && kind !== 'function' && kind !== 'symbol') return String(given);
  throw new TypeError(
    `${where} takes text, not ${Object.prototype.toString.call(given)}: await a promise, send bytes through \`TextDecoderStream\`.`,
  );
}
