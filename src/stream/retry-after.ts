/**
 * How long a server wants to be left alone, in milliseconds: `retry-after-ms`, or `Retry-After` in seconds or as a date.
 * A date is read by the server's own clock where the response tells it, since the reader's may be wrong. Never negative.
 * On another origin a page sees none of them, unless `Access-Control-Expose-Headers` lists them.
 */
export function readRetryAfter(headers: Headers): number | undefined {
  const exact = toNumber(headers.get('retry-after-ms'));
  if (exact !== undefined) return exact;
  const told = headers.get('retry-after');
  const seconds = toNumber(told);
  if (seconds !== undefined) return seconds * 1000;
  // A date has the name of its month in it; browsers make dates of much else.
  const date = /[a-z]{3}/i.test(told ?? '') ? Date.parse(told!) : Number.NaN;
  if (Number.isNaN(date)) return undefined;
  const now = Date.parse(headers.get('date') ?? '');
  return Math.max(0, date - (Number.isNaN(now) ? Date.now() : now));
}

/** Digits, with a fraction where a server is that exact. More of them than a number holds are no time. */
function toNumber(text: string | null): number | undefined {
  if (text === null || !/^\d{1,12}(\.\d+)?$/.test(text.trim())) return undefined;
  return Number(text);
}
