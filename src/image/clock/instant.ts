/** Below this a number counts seconds, from it on milliseconds: as seconds it would be the year 5138. */
const FIRST_MILLISECONDS = 1e11;

/** A date and a time, with or without a zone; hours alone, minutes or seconds; a fraction of any length. */
const ISO = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d+))?\s*([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;
const COMPACT = /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(\d\d)[Zz]?$/;

/**
 * A moment as servers spell it: ISO 8601 (also the compact form), epoch seconds, epoch milliseconds or a `Date`; null where it is none
 * of these. A time without a zone is UTC, because it comes from a server and not from the reader's wall clock.
 */
export function toInstant(value: unknown): Date | null {
  if (value instanceof Date) return valid(value.getTime());
  if (typeof value === 'number') return fromEpoch(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^\d+(\.\d+)?$/.test(text) ? fromEpoch(Number(text)) : fromDateText(text);
}

function fromEpoch(number: number): Date | null {
  if (!Number.isFinite(number) || number <= 0) return null;
  return valid(number < FIRST_MILLISECONDS ? number * 1000 : number);
}

function fromDateText(text: string): Date | null {
  const iso = ISO.exec(text);
  if (iso) return valid(Date.parse(normalised(iso)));
  const compact = COMPACT.exec(text);
  if (compact) return fromCompact(compact);
  // HTTP dates (`Tue, 03 Jun 2008 11:05:30 GMT`) name their zone; anything vaguer is not guessed at.
  return /^[A-Za-z]{3}, .* GMT$/.test(text) ? valid(Date.parse(text)) : null;
}

function normalised([, date, time = '00:00', fraction = '', zone = 'Z']: RegExpExecArray): string {
  const milliseconds = fraction ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : '';
  const seconds = time.length === 5 ? `${time}:00` : time;
  const offset = `${zone.slice(0, 3)}:${zone.replace(':', '').slice(3) || '00'}`;
  return `${date}T${seconds}${milliseconds}${zone.length > 1 ? offset : 'Z'}`;
}

function fromCompact([, year, month, day, hour, minute, second]: RegExpExecArray): Date | null {
  return valid(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`));
}

function valid(time: number): Date | null {
  return Number.isNaN(time) || Number.isNaN(new Date(time).getTime()) ? null : new Date(time);
}
