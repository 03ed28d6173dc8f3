import { withWords } from './words.js';

/** What has words of its own: an element, or the text that several of them render. */
export type WordsOf = 'chat' | 'markdown' | 'artifacts' | 'image' | 'inspector';

/** The words of one language, for some or all of what has any; what is not there is said in English. */
export type Locale = { readonly [name in WordsOf]?: object } & {
  /** A BCP 47 tag: `de`, `zh-Hant`. */
  readonly language: string;
};

interface Shared {
  readonly known: Map<string, Locale>;
  readonly tell: Set<() => void>;
}

/** An element that says something in its reader's language. */
interface Speaker extends Element {
  readonly strings?: object | null | undefined;
}

/** One place for the page: a file with a language may have been built apart from the elements, or be there before them. */
const shared: Shared = ((globalThis as Record<symbol, unknown>)[Symbol.for('ai-stream-elements locales')] ??= {
  known: new Map(),
  tell: new Set(),
} satisfies Shared) as Shared;

/** The languages that elements speak beside English: each that of the nearest `lang` around it. */
export const locales = {
  /**
   * Adds a language. Elements that are there already speak it from now on.
   *
   * @throws {RangeError} for a `language` that is no BCP 47 tag.
   */
  register(locale: Locale): void {
    shared.known.set(new Intl.Locale(locale.language).baseName, locale);
    tellAll();
  },
};

/** The words of an element: those it was given, else those of its language, else English ones. */
export function wordsFor<Words extends object>(element: Speaker, name: WordsOf, english: Words): Words {
  return withWords(withWords(english, localWords(element, name)), element.strings as Partial<Words>);
}

/** What a locale has for an element, where it is in another language than English. */
export function localWords(element: Element, name: WordsOf): object | undefined {
  if (shared.known.size === 0) return undefined;
  const language = languageOf(element);
  return language === '' ? undefined : localeFor(language)?.[name];
}

let page: MutationObserver | undefined;

/**
 * Calls back when an element may be in another language than before: one was added, the page's own has changed, or, if
 * any is known, it has just come to where it is.
 */
export function watchLocales(tell: () => void): void {
  shared.tell.add(tell);
  if (shared.known.size > 0) tell();
  page ??= new MutationObserver(tellAll);
  page.observe(document.documentElement, { attributeFilter: ['lang'] });
}

export function unwatchLocales(tell: () => void): void {
  shared.tell.delete(tell);
  if (shared.tell.size === 0) page?.disconnect();
}

function tellAll(): void {
  for (const tell of shared.tell) tell();
}

/** As HTML says: the nearest `lang`, out of a shadow tree by its host. */
function languageOf(element: Element): string {
  const named = element.closest('[lang]');
  if (named) return named.getAttribute('lang')!;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? languageOf(root.host) : '';
}

/** The one of that very tag, else the nearest. */
function localeFor(tag: string): Locale | undefined {
  const wanted = parsedTag(tag);
  return wanted && (shared.known.get(wanted.baseName) ?? nearestLocale(wanted.maximize()));
}

/** The one for the region, else the most general in the same script: who reads `zh-TW` does not read `zh-Hans`. */
function nearestLocale({ language, script, region }: Intl.Locale): Locale | undefined {
  const near = [...shared.known]
    .map(([tag, locale]) => ({ locale, tag, is: new Intl.Locale(tag).maximize() }))
    .filter(({ is }) => is.language === language && is.script === script)
    .sort((one, other) => one.tag.length - other.tag.length);
  return (near.find(({ is }) => is.region === region) ?? near[0])?.locale;
}

function parsedTag(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
