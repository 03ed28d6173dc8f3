import { registerKind } from '../dist/cdn/ai-stream-elements.js';

// A kind of your own: its document runs in the sandbox. React works the same way, with a bundle of yours in the page.
registerKind({
  names: ['bars'],
  extension: 'json',
  mediaType: 'application/json',
  document: ({ content }) => `<!doctype html><style>body{margin:2rem;font:1rem system-ui}
    i{display:block;margin:.25rem 0;padding:.5rem;background:#2456c9;color:#fff;border-radius:.25rem}</style><body>
    <script>for (const [name, value] of Object.entries(${content.replaceAll('<', '\\u003c')})) {
      const bar = document.body.appendChild(document.createElement('i'));
      bar.textContent = name + ' ' + value;
      bar.style.width = value + '%';
    }</script>`,
});

const KINDS = {
  html: '<!doctype html><h1>Count</h1><button onclick="this.textContent = ++n">0</button><script>let n = 0; console.log("ready")</script>',
  svg: '<svg viewBox="0 0 200 120" width="400"><rect width="200" height="120" fill="#2456c9"/><circle cx="60" cy="60" r="35" fill="#ffd166"/></svg>',
  markdown: '# Notes\n\nSome *words*, `code`, and a list:\n\n- one\n- two\n',
  mermaid: 'graph TD\n  A[Ask] --> B{Known?}\n  B -->|yes| C[Answer]\n  B -->|no| D[Search]\n',
  csv: 'city,people\nOslo,717710\nBergen,291940\n',
  json: '{"name":"stream","tags":["a","b"],"deep":{"number":3}}',
  code: 'def greet(name: str) -> str:\n    """Says hello."""\n    return f"Hello {name}"\n',
  text: 'Plain words, wrapped where the line ends. '.repeat(8),
  bars: '{"Monday": 40, "Tuesday": 75, "Wednesday": 90}',
};

const panel = document.querySelector('#artifact');
document.querySelector('#kinds').addEventListener('click', async ({ target }) => {
  const kind = target.value;
  if (!KINDS[kind]) return;
  panel.apply({ type: 'artifact-start', id: kind, kind, title: kind, ...(kind === 'code' && { language: 'python' }) });
  panel.show(kind);
  for (const delta of KINDS[kind].match(/[^]{1,8}/g)) {
    panel.apply({ type: 'artifact-delta', id: kind, delta });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  panel.apply({ type: 'artifact-end', id: kind, status: 'complete' });
});
