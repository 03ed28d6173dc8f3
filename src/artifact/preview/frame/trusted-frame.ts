import { OUTER_START } from './frame-document.js';

const POLICY = Symbol.for('ai-stream-elements: ai-artifact');

interface HtmlPolicy {
  createHTML(text: string): string;
}
interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string }): HtmlPolicy;
}

/** A page may hold this module twice, in the file for a script tag and in a plugin, and a policy's name only once. */
const shared = globalThis as { [POLICY]?: HtmlPolicy | undefined };

/** Gives a frame its document, in a page that asks for trusted types as well: through our own policy `ai-artifact`. */
export function setFrameDocument(frame: HTMLIFrameElement, html: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  shared[POLICY] ??= trustedTypes?.createPolicy('ai-artifact', { createHTML: onlyOuterDocuments });
  frame.srcdoc = shared[POLICY]?.createHTML(html) ?? html;
}

/** Should the policy ever get into other hands, it makes nothing but our own constant document. */
function onlyOuterDocuments(text: string): string {
  if (!text.startsWith(OUTER_START)) throw new TypeError('The policy ai-artifact makes preview frames only.');
  return text;
}
