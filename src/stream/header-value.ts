/** Longer ids are not sent back: servers refuse requests with such headers. In bytes. */
const LONGEST_ID = 4096;

/**
 * An event's id as the value of `Last-Event-ID`: its UTF-8 bytes, as the HTML standard says, in the spelling that `fetch`
 * takes, where each character of a header is one byte. Undefined where there is none that could be sent.
 */
export function toLastEventIdHeader(id: string): string | undefined {
  // A line break or NUL cannot come from an event stream, but would make `fetch` throw.
  const bytes = new TextEncoder().encode(id.replace(/[\0\r\n]/g, ''));
  if (bytes.length === 0 || bytes.length > LONGEST_ID) return undefined;
  return [...bytes].map((byte) => String.fromCharCode(byte)).join('');
}
