import { AiLinkEvent } from '../../events.js';
import type { UrlPolicy } from '../../trust/url-policy.js';
import type { MarkdownStrings } from '../markdown-strings.js';
import { claimedHost } from './claimed-host.js';
import { readAsOne } from './read-as-one.js';
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
  const shown = isName ? undefined : (claimedHost(readAsOne(link), url) ?? claimedHost(link.title, url));
  if (shown === undefined && !policy.leaves(url)) return;
  event.preventDefault();
  confirmLeaving(link, url, shown, strings);
}
