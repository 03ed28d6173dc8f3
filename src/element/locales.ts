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
  /** What tells the elements that are in a document. */
  readonly tell: Map<Element, () => void>;
  page?: MutationObserver;
}

/** An element that says something in its reader's language. */
interface Speaker extends Element {
  readonly strings?: object | null | undefined;
}

/** One place for the page: a file with a language may have been built apart from the elements, or be there before them. */
const shared: Shared = ((globalThis as Record<symbol, unknown>)[Symbol.for('ai-stream-elements locales')] ??= {
  known: new Map(),
  tell: new Map(),
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
    for (const tell of shared.tell.values()) tell();
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

/**
 * Calls back when `element` may be in another language than before: one was added, its `lang` or one around it has
 * changed, or, if any is known, it has just come to where it is.
 */
export function watchLocales(element: Element, tell: () => void): void {
  shared.tell.set(element, tell);
  if (shared.known.size > 0) tell();
  shared.page ??= new MutationObserver((changes) => {
    for (const [inner, tellIt] of shared.tell) if (changes.some(({ target }) => isAround(target, inner))) tellIt();
  });
  for (let node: Element | undefined = element; node; node = hostOf(node))
    shared.page.observe(node.getRootNode(), { attributeFilter: ['lang'], subtree: true });
}

export function unwatchLocales(element: Element): void {
  shared.tell.delete(element);
  if (shared.tell.size === 0) shared.page?.disconnect();
}

/** Of the shadow tree that a node is in, in whatever window that was made: a link, too, has a `host`. */
function hostOf(node: Node): Element | undefined {
  const root = node.getRootNode();
  return root.nodeType === Node.DOCUMENT_FRAGMENT_NODE ? (root as ShadowRoot).host : undefined;
}

function isAround(outer: Node, inner: Node | undefined): boolean {
  return inner !== undefined && (outer.contains(inner) || isAround(outer, hostOf(inner)));
}

/** As HTML says: the nearest `lang`, out of a shadow tree by its host. */
function languageOf(element: Element | undefined): string {
  return element?.closest('[lang]')?.getAttribute('lang') ?? (element ? languageOf(hostOf(element)) : '');
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
