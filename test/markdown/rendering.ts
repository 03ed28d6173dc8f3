import { Marked } from 'marked';
import { constructOf } from '../../src/markdown/writing/construct.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import type { MarkdownOptions } from '../../src/markdown/markdown-renderer.js';

/** The text rendered at once. */
export function renderWhole(text: string, options?: MarkdownOptions): HTMLElement {
  const container = document.createElement('div');
  const renderer = new MarkdownRenderer(container, options);
  renderer.set(text, false);
  renderer.flush();
  return container;
}

/** The text written in pieces and drawn after each. */
export function renderStreamed(
  pieces: Iterable<string>,
  options?: MarkdownOptions,
  onDraw?: (container: HTMLElement, source: string) => void,
): HTMLElement {
  const container = document.createElement('div');
  const renderer = new MarkdownRenderer(container, options);
  for (const piece of pieces) {
    renderer.write(piece);
    renderer.flush();
    onDraw?.(container, renderer.source);
  }
  renderer.end();
  renderer.flush();
  return container;
}

/** The DOM as text, each text node by itself: what `innerHTML` would not tell apart is told apart. */
export function outline(node: Node): string {
  if (node instanceof Text) return JSON.stringify(node.data);
  if (!(node instanceof Element)) return node.nodeName;
  // What a plugin draws there, and when, is not the renderer's.
  const construct = constructOf(node);
  if (construct) return `<${construct.plugin.name} ${construct.kind}>${JSON.stringify(construct.raw)}`;
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}=${JSON.stringify(value)}`).sort();
  return `<${node.localName}${attributes.join('')}>${[...node.childNodes].map(outline).join('')}</${node.localName}>`;
}

const marked = new Marked({ gfm: true });

/** What marked makes of the text, as a browser reads it: names of elements and text, without white space between blocks. */
export function markedStructure(text: string): string {
  const template = document.createElement('template');
  template.innerHTML = marked.parse(text, { async: false });
  return structure(template.content);
}

/** The same of what we rendered, without buttons and boxes of our own. */
export function structure(root: ParentNode & Node): string {
  const copy = root.cloneNode(true) as DocumentFragment | Element;
  for (const chrome of copy.querySelectorAll('[data-chrome]')) chrome.remove();
  for (const box of copy.querySelectorAll('.code-block, .table-block, .table-scroll, .lines'))
    box.replaceWith(...box.childNodes);
  copy.normalize();
  return [...copy.childNodes].map(shape).join('');
}

function shape(node: Node): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return '';
  const kept = ['align', 'start', 'checked', 'type', 'title'].filter((name) => node.hasAttribute(name));
  const attributes = kept.map((name) => ` ${name}=${node.getAttribute(name)}`).join('');
  return `<${node.localName}${attributes}>${[...node.childNodes].map(shape).join('')}</${node.localName}>`;
}
