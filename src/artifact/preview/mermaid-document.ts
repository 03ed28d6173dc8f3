import { mermaidSource } from './mermaid-source.js';

export { setMermaidSource } from './mermaid-source.js';

export interface DiagramLook {
  /** It stands in a text: no room around it, and it tells its size. */
  embedded?: boolean;
  /** Default: what the reader prefers. */
  dark?: boolean;
}

export async function mermaidDocument({ content }: { content: string }, look: DiagramLook = {}): Promise<string> {
  return page(await mermaidSource(), content, look);
}

function page(script: string, diagram: string, { embedded = false, dark }: DiagramLook): string {
  // A frame of another scheme than its page's would have an opaque ground.
  const scheme = dark === undefined ? 'light dark' : dark ? 'dark' : 'light';
  return (
    `<!doctype html><meta charset="utf-8"><style>:root{color-scheme:${scheme}}` +
    'body{margin:0;display:grid;place-items:center;min-height:100vh;padding:1rem;' +
    'box-sizing:border-box;font:14px system-ui,sans-serif}svg{max-width:100%;height:auto}pre{white-space:pre-wrap}' +
    '@media (prefers-color-scheme:dark){body{background:#17191e;color:#e7e9ee}}' +
    (embedded
      ? 'body{display:block;place-items:normal;min-height:0;padding:0;background:none;overflow:hidden}main{text-align:center}'
      : '') +
    '</style>' +
    `<main></main><script>${script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')}</script><script>(async () => {
const main = document.querySelector('main');
const diagram = ${inScript(diagram)};
const theme = (${dark ?? "matchMedia('(prefers-color-scheme: dark)').matches"}) ? 'dark' : 'default';
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme, suppressErrorRendering: true });
try {
  main.innerHTML = (await mermaid.render('diagram', diagram)).svg;
  ${embedded ? TELL_SIZE : ''}
} catch (error) {
  const text = document.createElement('pre');
  text.textContent = diagram;
  main.replaceChildren(text);
  throw error;
}
})();</script>`
  );
}

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
