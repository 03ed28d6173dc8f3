import { sendMouse } from '@web/test-runner-commands';
import { HangMemory } from '../../src/artifact/preview/hang-memory.js';
import { setMermaidSource } from '../../src/artifact/preview/mermaid-source.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { type ScriptedSession, button, delta, end, eventually, part, shown, start } from './panel-fixture.js';

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;

const CODE = `// Counts the words of a text.
export function count(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const word of text.toLowerCase().split(/\\W+/)) {
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

`;
const LONG = CODE.repeat(4);
const CHANGED = LONG.replace('split(/\\W+/)', 'split(/[^\\p{L}]+/u)').replace(
  '  return words;\n',
  '  words.delete("");\n  return words;\n',
);
const CARD = `<!doctype html><html lang="en"><style>body{font:16px system-ui;margin:2rem;color:#222}b{color:#2456c9}</style><h1>Clock</h1><p>It is <b>ten past nine</b>.</p><button>Again</button>`;
const DRAWING = `<svg viewBox="0 0 200 120" width="400" height="240"><rect width="200" height="120" fill="#2456c9"/><circle cx="60" cy="60" r="35" fill="#ffd166"/><path d="M110 95l35-60 35 60z" fill="#ef476f"/></svg>`;
const NOTES =
  '# Notes\n\nSome *words* with `code` and a list:\n\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n```js\nconst a = "b";\n```\n';
const TABLE = `city,people,area\n${['Oslo,717710,454', 'Bergen,291940,465', '"Tromsø, city",78745,2522'].join('\n')}\n`;
const TREE =
  '{"name":"ai","version":3,"tags":["stream","element"],"private":false,"author":null,"deep":{"a":{"b":[1,2,3]}}}';
const DIAGRAM = 'graph TD\n  A[Ask] --> B{Known?}\n  B -->|yes| C[Answer]\n  B -->|no| D[Search]\n';

export interface PanelState {
  /** The panel gets there by what a stream brings and a reader does. */
  reach(panel: AiArtifactPanel, session: ScriptedSession): unknown;
  /** What it must show, as a selector in its shadow root. */
  shows: string;
}

const artifact = (session: ScriptedSession, kind: string, content: string, more: object = {}): void =>
  session.receive('m', start('a', kind, { title: 'Word count', ...more }), delta('a', content), end('a'));

const ran = (panel: AiArtifactPanel): Promise<string> =>
  new Promise((resolve) =>
    panel.addEventListener('ai-artifact-console', (event) => resolve(event.args.join(' ')), { once: true }),
  );

async function preview(panel: AiArtifactPanel, session: ScriptedSession, html: string): Promise<void> {
  const running = ran(panel);
  artifact(session, 'html', `${html}<script>requestAnimationFrame(() => setTimeout(() => console.log('up')))</script>`);
  await running;
  await shown(panel);
}

async function versions(panel: AiArtifactPanel, session: ScriptedSession, wide: boolean): Promise<void> {
  artifact(session, 'code', LONG, { language: 'ts' });
  session.receive('n', start('a', 'code', { title: 'Word count', language: 'ts' }), delta('a', CHANGED), end('a'));
  panel.view = 'diff';
  await eventually(() => root(panel).querySelector('.diff tr'), 'the comparison');
  const isSplit = root(panel).querySelector('.diff table')!.className === 'split';
  if (isSplit !== wide) button(panel, 'Side by side').click();
  await shown(panel);
}

async function select(panel: AiArtifactPanel): Promise<void> {
  const text = root(panel).querySelector('.chunk')!.firstChild!;
  getSelection()!.setBaseAndExtent(text, 31, text, 88);
  await eventually(() => part(panel, 'request'), 'the request');
}

/** Every state of the panel that a reader can meet. */
export const PANEL_STATES: Record<string, PanelState> = {
  empty: { reach: (panel) => (panel.open = true), shows: '.empty' },
  streaming: {
    reach: (_, session) =>
      session.receive('m', start('a', 'code', { title: 'Word count', language: 'ts' }), delta('a', LONG)),
    shows: '.pulse',
  },
  code: { reach: (_, session) => artifact(session, 'code', LONG, { language: 'ts' }), shows: '.chunk' },
  text: {
    reach: (_, session) => artifact(session, 'text', 'Plain words, wrapped where the line ends. '.repeat(12)),
    shows: '.chunk',
  },
  'an html preview': { reach: (panel, session) => preview(panel, session, CARD), shows: 'iframe' },
  'an html draft': {
    reach: async (panel, session) => {
      panel.view = 'preview';
      session.receive('m', start('a', 'html', { title: 'Word count' }), delta('a', CARD));
      await eventually(() => root(panel).textContent?.includes('Shown without its scripts'), 'the draft');
      await new Promise((resolve) => setTimeout(resolve, 300));
    },
    shows: 'iframe',
  },
  'a preview with a console': {
    reach: async (panel, session) => {
      await preview(panel, session, `${CARD}<script>console.log('Started'); console.warn('Slow'); missing()</script>`);
      const list = await eventually(() => part<HTMLDetailsElement>(panel, 'console'), 'the console');
      list.open = true;
      await eventually(() => root(panel).textContent?.includes('Ask for a fix'), 'the fix');
    },
    shows: '.line[data-level="error"]',
  },
  'a preview that hung before': {
    reach: (_, session) => {
      new HangMemory(CARD).hang();
      artifact(session, 'html', CARD);
    },
    shows: '[data-status="asking"]',
  },
  'a link that a preview wants to open': {
    reach: async (panel, session) => {
      const link = '<a href="https://elsewhere.example/a?b=c" style="position:fixed;inset:0">Elsewhere</a>';
      await preview(panel, session, link);
      const { x, y, width, height } = root(panel).querySelector('iframe')!.getBoundingClientRect();
      const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
      // A click that comes before a busy browser has put the frame on screen goes to nobody.
      for (let clicks = 0; clicks < 8 && !part(panel, 'link'); clicks += 1) {
        await sendMouse({ type: 'click', position });
        await eventually(() => part(panel, 'link'), 'the question', 1000).catch(() => undefined);
      }
      await eventually(() => part(panel, 'link'), 'the question', 1000);
      await sendMouse({ type: 'move', position: [0, 0] });
    },
    shows: '.question .address',
  },
  svg: {
    reach: async (panel, session) => {
      artifact(session, 'svg', DRAWING);
      await eventually(() => root(panel).querySelector('img')?.complete, 'the picture');
    },
    shows: '.picture img',
  },
  'a picture elsewhere': {
    reach: (_, session) => artifact(session, 'image', 'https://pictures.example/a.png'),
    shows: '.picture button',
  },
  markdown: {
    reach: async (panel, session) => {
      artifact(session, 'markdown', NOTES);
      await eventually(() => root(panel).querySelector('.markdown h1'), 'the text');
    },
    shows: '.markdown table',
  },
  mermaid: {
    reach: async (panel, session) => {
      const url = new URL('../../node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js', import.meta.url);
      setMermaidSource(async () => `${await (await fetch(url)).text()};setTimeout(() => console.log('drawn'), 1500)`);
      const drawn = ran(panel);
      artifact(session, 'mermaid', DIAGRAM);
      await drawn;
    },
    shows: 'iframe',
  },
  'a table': { reach: (_, session) => artifact(session, 'csv', TABLE), shows: 'td.number' },
  'a tree': { reach: (_, session) => artifact(session, 'json', TREE), shows: '.json .key' },
  'a comparison side by side': {
    reach: (panel, session) => versions(panel, session, true),
    shows: '.diff table.split',
  },
  'a comparison in one column': {
    reach: (panel, session) => versions(panel, session, false),
    shows: '.diff table.unified',
  },
  'the editor': {
    reach: async (panel, session) => {
      artifact(session, 'code', LONG, { language: 'ts' });
      await shown(panel);
      button(panel, 'Edit').click();
      const content = await eventually(() => root(panel).querySelector<HTMLElement>('.cm-content:focus'), 'the editor');
      content.blur();
      // A cursor that blinks is no picture.
      root(panel).querySelector<HTMLElement>('.cm-cursorLayer')!.style.display = 'none';
    },
    shows: '.cm-content',
  },
  'a selection and a request': {
    reach: async (panel, session) => {
      artifact(session, 'code', LONG, { language: 'ts' });
      await shown(panel);
      await select(panel);
    },
    shows: '.request input',
  },
  'a menu': {
    reach: async (panel, session) => {
      artifact(session, 'code', LONG, { language: 'ts' });
      await shown(panel);
      part<HTMLDetailsElement>(panel, 'menu')!.open = true;
    },
    shows: '.items',
  },
  'two artifacts and an older version': {
    reach: async (panel, session) => {
      await versions(panel, session, false);
      session.receive('o', start('b', 'text', { title: 'Words' }), delta('b', 'words'), end('b'));
      panel.view = 'code';
      panel.show('a', 1);
    },
    shows: '[part~="restore"]',
  },
  'one that was not finished': {
    reach: (_, session) =>
      session.receive('m', start('a', 'code', { title: 'Word count', language: 'ts' }), delta('a', LONG), {
        type: 'artifact-end',
        id: 'a',
        status: 'error',
      }),
    shows: '.notice',
  },
};
