const UNITS: [unit: string, seconds: number][] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** “1 minute, 12 seconds” of milliseconds, in any language: whole seconds, rounded up, in the two largest units. */
export function formatDuration(milliseconds: number, language: string): string {
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 0);
  const largest = UNITS.findIndex(([unit, size]) => seconds >= size || unit === 'second');
  let rest = seconds;
  const counts = UNITS.slice(largest, largest + 2).map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return { unit, count };
  });
  const told = counts.filter(({ count }, index) => count > 0 || index === 0);
  const words = told.map(({ unit, count }) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  );
  return new Intl.ListFormat(language, { type: 'unit', style: 'long' }).format(words);
}
