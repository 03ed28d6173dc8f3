import { AiWarningEvent } from '../events.js';
import { localWords } from '../element/locales.js';
import { withWords } from '../element/words.js';
import type { UrlPolicy } from '../trust/url-policy.js';
import { readGivenHosts } from './given-hosts.js';
import { KnownSettings } from './known-settings.js';
import type { Directives, MarkdownOptions, MarkdownPlugin, MarkdownStrings } from './markdown-renderer.js';

/** The properties of an element, other than `<ai-markdown>`, that the text in it is rendered by. */
export interface MarkdownSettings {
  imageHosts?: string | null | undefined;
  linkHosts?: string | null | undefined;
  plugins?: readonly MarkdownPlugin[] | null | undefined;
  directives?: Directives | null | undefined;
  strings?: { markdown?: Partial<MarkdownStrings> | undefined } | null | undefined;
}

/**
 * How an element has text rendered: by its own settings, and by another's where it has none. The same object as long as
 * none of them says anything else: with a new one, text is rendered anew.
 */
export class MarkdownRules {
  readonly #element: Element & MarkdownSettings;
  readonly #known = new KnownSettings();
  #options!: MarkdownOptions & { policy: UrlPolicy };

  constructor(element: Element & MarkdownSettings) {
    this.#element = element;
  }

  read(other: MarkdownSettings = {}): MarkdownOptions & { policy: UrlPolicy } {
    const settings = merged(this.#element, other);
    if (this.#known.renew(Object.values(settings))) this.#renew(settings);
    return this.#options;
  }

  #renew({ imageHosts, linkHosts, plugins, directives, local, words }: ReturnType<typeof merged>): void {
    const onWarning: MarkdownOptions['onWarning'] = (warning) =>
      void this.#element.dispatchEvent(new AiWarningEvent(warning));
    this.#options = {
      policy: readGivenHosts(imageHosts, linkHosts, onWarning),
      plugins: plugins ?? [],
      directives: directives ?? {},
      strings: withWords(local ?? {}, words),
      onWarning,
    };
  }
}

function merged(own: Element & MarkdownSettings, other: MarkdownSettings) {
  return {
    imageHosts: own.imageHosts ?? other.imageHosts,
    linkHosts: own.linkHosts ?? other.linkHosts,
    plugins: own.plugins ?? other.plugins,
    directives: own.directives ?? other.directives,
    local: localWords(own, 'markdown'),
    words: own.strings?.markdown ?? other.strings?.markdown,
  };
}
