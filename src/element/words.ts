/**
 * The words of a host where it has some, the English ones elsewhere: a translation that is not there, or not yet, is
 * no word. A text where words depend on something stands for each case.
 */
export function withWords<Words extends object>(english: Words, given: Partial<Words> | null | undefined): Words {
  if (!given) return english;
  const known = Object.entries(english).map(([name, word]) => [name, wordFor(word, given[name as keyof Words])]);
  return { ...given, ...Object.fromEntries(known) };
}

function wordFor(english: unknown, given: unknown): unknown {
  if (given === undefined || given === null) return english;
  if (typeof english === 'function') return typeof given === 'function' ? given : () => String(given);
  return typeof english === 'object' ? withWords(english as object, given) : given;
}
