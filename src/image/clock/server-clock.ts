/** A clock that seems further off than this is not believed: with it no https page would have opened. */
const MAX_OFFSET = 48 * 3600 * 1000;

// How far each origin's clock is ahead of this device's, in milliseconds, as far as a response's `Date` has shown it.
const offsets = new Map<string, number>();
// Origins that were asked for their `Date` and nothing else.
const contacts = new Map<string, Promise<unknown>>();

/** True once a response of this address's origin has shown its clock. */
export function knowsClockOf(url: string): boolean {
  return offsets.has(originOf(url));
}

/** The device's time at which the origin's clock will show `moment`. */
export function localTimeOf(moment: Date, url: string): number {
  return moment.getTime() - (offsets.get(originOf(url)) ?? 0);
}

/**
 * Learns from a response that came straight from its server (not from a cache, whose `Date` is old). `Date` has whole seconds and the
 * request took a while, so it shows an interval; a device whose clock fits into it is taken as right.
 */
export function learnClock(url: string, headers: Headers, sent: number, received: number): void {
  const date = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(date)) return;
  const age = Number(headers.get('age') ?? 0) || 0;
  const earliest = date + age * 1000 - received;
  const latest = date + age * 1000 + 1000 - sent;
  const offset = earliest > 0 ? earliest : Math.min(latest, 0);
  if (Math.abs(offset) <= MAX_OFFSET) offsets.set(originOf(url), offset);
}

/** An address signed by one origin for another ends by the signer's clock, as long as the other has not shown its own. */
export function adoptClock(from: string, to: string): void {
  const offset = offsets.get(originOf(from));
  if (offset !== undefined && !knowsClockOf(to)) offsets.set(originOf(to), offset);
}

/** Makes one request of an origin whose clock is not known, for the sake of its `Date`. All who ask wait for the same one. */
export function contactOnce(url: string, signal: AbortSignal, request: () => Promise<unknown>): Promise<unknown> {
  const origin = originOf(url);
  const contact = contacts.get(origin) ?? request().catch(() => undefined);
  if (!contacts.has(origin)) void contact.then(() => signal.aborted && contacts.delete(origin));
  contacts.set(origin, contact);
  return contact;
}

/** For tests: a page that has seen no response yet. */
export function forgetClocks(): void {
  offsets.clear();
  contacts.clear();
}

function originOf(url: string): string {
  return new URL(url, 'https://relative.invalid').origin;
}
