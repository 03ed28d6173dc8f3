import { mermaidSource } from './mermaid-source.js';

interface DiagramLook {
  /** It stands in a text: no room and no ground of its own, and it tells its size. */
  embedded?: boolean;
  /** Default: what the reader prefers, also when that changes. */
  dark?: boolean;
}

export async function mermaidDocument({ content }: { content: string }, look: DiagramLook = {}): Promise<string> {
  return page(await mermaidSource(), content, look);
}

function page(script: string, diagram: string, { embedded = false, dark }: DiagramLook): string {
  // A frame of another scheme than that of the place around it has an opaque ground, which the text's shows through
  // otherwise: the place is told to be light, whatever the drawing is.
  const scheme = embedded ? 'light' : dark === undefined ? 'light dark' : dark ? 'dark' : 'light';
  return (
    `<!doctype html><meta charset="utf-8"><style>:root{color-scheme:${scheme}}` +
    'body{margin:0;display:grid;place-items:center;min-height:100vh;padding:1rem;' +
    'box-sizing:border-box;font:14px system-ui,sans-serif}svg{max-width:100%;height:auto}pre{white-space:pre-wrap}' +
    '@media (prefers-color-scheme:dark){body{background:#17191e;color:#e7e9ee}}' +
    (embedded
      ? 'body{display:block;place-items:normal;min-height:0;padding:0;background:none;overflow:auto hidden}main{text-align:center}'
      : '') +
    '</style>' +
    `<main></main><script>${TAKE_MARKUP}</script><script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script><script>(async () => {
const main = document.querySelector('main');
const diagram = ${inScript(diagram)};
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const draw = async () => {
  const theme = ${dark ?? 'prefersDark.matches'} ? 'dark' : 'default';
  mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme, suppressErrorRendering: true });
  main.innerHTML = (await mermaid.render('diagram', diagram)).svg;
  ${embedded ? KEEP_READABLE : ''}
};
try {
  await draw();
  ${embedded ? TELL_SIZE : ''}
  ${dark === undefined ? "prefersDark.addEventListener('change', draw);" : ''}
} catch (error) {
  const text = document.createElement('pre');
  text.textContent = diagram;
  main.replaceChildren(text);
  throw error;
}
})();</script>`
  );
}

/**
 * A frame inherits its page's rules: under trusted types Mermaid, which writes markup as strings, could draw nothing. In
 * the sandbox there is nothing to protect from it, and the policy's name is one that the page allows already.
 */
const TAKE_MARKUP = `if (globalThis.trustedTypes) {
  const policy = trustedTypes.createPolicy('ai-artifact', { createHTML: (text) => text });
  for (const name of ['innerHTML', 'outerHTML']) {
    const own = Object.getOwnPropertyDescriptor(Element.prototype, name);
    Object.defineProperty(Element.prototype, name, { ...own, set(text) { own.set.call(this, policy.createHTML(String(text))); } });
  }
  for (const [proto, name, at] of [[Element.prototype, 'insertAdjacentHTML', 1], [DOMParser.prototype, 'parseFromString', 0], [Range.prototype, 'createContextualFragment', 0]]) {
    const own = proto[name];
    proto[name] = function (...given) { given[at] = policy.createHTML(String(given[at])); return own.apply(this, given); };
  }
}`;

/** A drawing that would be too small to read in a narrow text scrolls in itself. */
const KEEP_READABLE = `const { style } = main.firstElementChild;
  if (parseFloat(style.maxWidth) > 0) style.minWidth = parseFloat(style.maxWidth) * 0.6 + 'px';`;

/** Also when the frame's width, and with it the drawing's height, changes. */
const TELL_SIZE = `new ResizeObserver(() => {
    const { width, height } = main.getBoundingClientRect();
    parent.postMessage({ type: 'size', width, height }, '*');
  }).observe(main);`;

/** A string as a script's literal that cannot end the script. */
function inScript(text: string): string {
  return JSON.stringify(text)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
