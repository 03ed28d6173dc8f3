import type { DirectiveToken } from '../source/directives.js';
import type { RenderContext } from './render-context.js';

/** Attributes that load what they name. */
const LOADING = /^(?:src|srcset|poster|background|image|icon)$|-(?:src|image)$/;
/** Attributes that lead to what they name. */
const LEADING = /^(?:href|action|formaction|cite|ping|manifest|url|link|to)$|:href$|-(?:href|url)$/;

/** The host's element that a directive stands for, with the attributes that the host has allowed. */
export function createDirective({ tag, attributes, text }: DirectiveToken, context: RenderContext): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of attributes) {
    const judged = judge(name, value, context);
    if (judged !== null) element.setAttribute(name, judged);
  }
  if (text !== '') element.append(text);
  return element;
}

/**
 * What a browser takes for an address with a host, be it without slashes (`https:a.test`), or for a script. It passes over
 * white space, wherever it stands.
 */
const ADDRESS =
  /^(?:[a-z][a-z0-9+.-]*:)?[/\\]{2}|^(?:https?|wss?|ftp|javascript|vbscript|data|blob|file|filesystem|about):/i;

/**
 * An address is judged as that of a link or picture. One in an attribute whose name says nothing of it may be loaded by
 * the element for all that is known: only what may load unasked is set.
 */
function judge(name: string, value: string, { policy }: RenderContext): string | null {
  if (LEADING.test(name)) return policy.link(value);
  const isAddress = LOADING.test(name) || ADDRESS.test(value.replace(/[\s\p{Cc}]/gu, ''));
  if (!isAddress) return value;
  const decision = policy.image(value);
  return decision.action === 'load' ? decision.url : null;
}
