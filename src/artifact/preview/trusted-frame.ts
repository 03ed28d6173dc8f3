import { OUTER_START } from './frame-document.js';

interface HtmlPolicy {
  createHTML(text: string): string;
}
interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string }): HtmlPolicy;
}

let policy: HtmlPolicy | undefined;

/** Gives a frame its document, in a page that asks for trusted types as well: through our own policy `ai-artifact`. */
export function setFrameDocument(frame: HTMLIFrameElement, html: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  policy ??= trustedTypes?.createPolicy('ai-artifact', { createHTML: onlyOuterDocuments });
  frame.srcdoc = policy ? policy.createHTML(html) : html;
}

/** Should the policy ever get into other hands, it makes nothing but our own constant document. */
function onlyOuterDocuments(text: string): string {
  if (!text.startsWith(OUTER_START)) throw new TypeError('The policy ai-artifact makes preview frames only.');
  return text;
}
