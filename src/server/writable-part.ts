const DELTA = /^(?:text|reasoning|artifact)-delta$/;

/** Why this can be no part of a stream; undefined where it can. The client that reads it refuses the whole answer for it. */
export function faultOf(part: unknown): string | undefined {
  if (typeof part !== 'object' || part === null)
    return `A part is an object with a \`type\`; ${typeof part} was given.`;
  const { type, delta } = part as { type?: unknown; delta?: unknown };
  if (typeof type !== 'string' || type === '') return 'A part has a `type`; this one has none.';
  if (DELTA.test(type) && typeof delta !== 'string')
    return `The \`delta\` of ${type} is text; ${typeof delta} was given.`;
  return undefined;
}

/** Text of an answer; undefined where it is none. Providers send deltas without content: that is no text. */
export function textOf(delta: unknown): string | undefined {
  if (delta === undefined || delta === null) return '';
  return typeof delta === 'string' || typeof delta === 'number' ? String(delta) : undefined;
}

/** Writing never throws: what cannot be written is told where the server tells its errors. */
export function tell(words: string, error?: unknown): void {
  console.error(`createEventStream: ${words} It is left out.`, ...(error === undefined ? [] : [error]));
}
