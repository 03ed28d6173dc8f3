import { AiLinkEvent } from '../../events.js';
import type { UrlPolicy } from '../../url-policy.js';
import type { MarkdownStrings } from '../markdown-strings.js';
import { confirmLeaving } from './leaving-dialog.js';

export interface LinkRules {
  policy: UrlPolicy;
  strings: MarkdownStrings;
  /** The text is a file's name, which looks like a host's. */
  isName?: boolean;
}

/**
 * A reader's click on a link that a model wrote: its address is judged again at that moment, the host is told, and where
 * the link leads elsewhere than listed, or than its text says, the whole address is shown first.
 */
export function followLink(link: HTMLAnchorElement, event: MouseEvent, rules: LinkRules): void {
  const { policy, strings, isName = false } = rules;
  const url = policy.link(link.getAttribute('href') ?? link.dataset['url'] ?? '');
  if (url === null) return event.preventDefault();
  if (!link.dispatchEvent(new AiLinkEvent({ url }))) return event.preventDefault();
  const shown = isName ? undefined : claimedHost(link.textContent ?? '', url);
  if (shown === undefined && !policy.leaves(url)) return;
  event.preventDefault();
  confirmLeaving(link, url, shown, strings);
}

const NAMED_HOST = /^\s*(https?:\/\/|www\.)?((?:[\p{L}\p{N}-]+\.)+(\p{L}{2,}))\.?(?:([/:?#])|\s*$)/iu;
/** What ends like a file or a product is the name of one, unless it is written as an address. */
const FILE_ENDING =
  /^(?:js|[jt]sx?|mjs|md|py|rb|rs|go|sh|cs|css|html?|json|ya?ml|toml|txt|pdf|png|jpe?g|svg|java|kt|NET)$/;

/** The host that a link's text names, where that is another than the one it leads to. */
function claimedHost(text: string, url: string): string | undefined {
  const [, start, host, ending = '', path] = NAMED_HOST.exec(text) ?? [];
  if (host === undefined || !/^https?:/.test(url)) return undefined;
  if (!start && !path && FILE_ENDING.test(ending)) return undefined;
  return hostOf(`https://${host}`) === hostOf(url) ? undefined : host;
}

/** As it is resolved: letters of other scripts that look alike are not alike. */
function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\.|\.$/g, '') : '';
}
