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
  if (typeof english === 'function') return typeof given === 'function' ? orElse(given, english) : () => String(given);
  return typeof english === 'object' ? withWords(english as object, given) : given;
}

/** A host's word that fails costs itself alone, not the text that it stands beside. */
function orElse(given: Function, english: Function) {
  return (...values: unknown[]): unknown => {
    try {
      return given(...values);
    } catch (error) {
      console.warn('A word of `strings` failed:', error);
      return english(...values);
    }
  };
}
