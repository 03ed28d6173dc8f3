import '../../src/define/ai-markdown.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { mermaid, setMermaidSource } from '../../src/plugins/mermaid.js';

/** What the page's policy has refused, as `directive blocked`; and an element with every plugin. */
export interface StrictPage extends Window {
  refused: string[];
  show(text: string): HTMLElement;
}

setMermaidSource(async () => (await fetch('/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js')).text());
const page = window as unknown as StrictPage;
page.refused = [];
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  page.refused.push(`${effectiveDirective} ${blockedURI}`);
});
page.show = (text) => {
  const element = document.createElement('ai-markdown');
  element.plugins = [math(), mermaid(), emoji];
  element.value = text;
  document.body.append(element);
  return element;
};
