import type { DirectiveToken } from '../source/directives.js';
import type { RenderContext } from './render-context.js';

/** Attributes that load what they name. */
const LOADING = /^(?:src|srcset|poster|background|data|image|icon)$|-(?:src|image)$/;
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

/** An address is judged as that of a link or picture, whatever attribute holds it. */
function judge(name: string, value: string, { policy }: RenderContext): string | null {
  if (LOADING.test(name)) {
    const decision = policy.image(value);
    return decision.action === 'load' ? decision.url : null;
  }
  if (LEADING.test(name)) return policy.link(value);
  // Whatever else it is called: nothing that a browser would run.
  return /^[\s\p{Cc}]*(?:javascript|vbscript|data|blob|file|filesystem)[\s\p{Cc}]*:/iu.test(value) ? null : value;
}
