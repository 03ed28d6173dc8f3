import { formatDuration } from '../element/duration.js';

/** Rounded up, 59 and a half minutes are an hour. */
const UNITS = [
  { unit: 'hour', size: 3600, above: 3540 },
  { unit: 'minute', size: 60, above: 60 },
  { unit: 'second', size: 1, above: -1 },
];

type Forms = { other: string } & { [form in Intl.LDMLPluralRule]?: string };

/** What words of one language have in common: how it counts and tells time. */
export interface Wording {
  /** The form that goes with a number: https://www.unicode.org/cldr/charts/47/supplemental/language_plural_rules.html. */
  plural(count: number, forms: Forms): string;
  /** “1 minute, 12 seconds” of milliseconds. */
  duration(milliseconds: number): string;
  /** “2 min” of milliseconds, in the largest unit, rounded up. */
  shortDuration(milliseconds: number): string;
  /** “1.25s” of milliseconds. */
  seconds(milliseconds: number): string;
}

export function wordingIn(language: string): Wording {
  const rules = new Intl.PluralRules(language);
  const exact = unitFormat(language, 'second', {
    unitDisplay: 'narrow',
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return {
    plural: (count, forms) => forms[rules.select(count)] ?? forms.other,
    duration: (milliseconds) => formatDuration(milliseconds, language),
    shortDuration: (milliseconds) => shortDuration(milliseconds, language),
    seconds: (milliseconds) => exact.format(milliseconds / 1000),
  };
}

/** What tells one block's buttons from another's: “Copy code, python”. `joint` is the language's comma. */
export function withDetail(words: string, detail: string, joint = ', '): string {
  return detail === '' ? words : `${words}${joint}${detail}`;
}

function shortDuration(milliseconds: number, language: string): string {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 0);
  const { unit, size } = UNITS.find(({ above }) => seconds > above)!;
  return unitFormat(language, unit, { unitDisplay: 'short' }).format(Math.ceil(seconds / size));
}

function unitFormat(language: string, unit: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return new Intl.NumberFormat(language, { style: 'unit', unit, ...options });
}
