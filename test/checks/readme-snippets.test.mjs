/** What the README gives to be written in TypeScript, under the strictest settings that a reader may have. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the snippets take from the page, the server or each other, and nothing that the package gives. */
const AROUND = `
import type * as all from 'ai-stream-elements';
declare global {
  type MarkdownPlugin = all.MarkdownPlugin;
  const chat: all.AiStreamChat;
  const element: all.AiMarkdown;
  const answer: all.AiMarkdown;
  const inspector: all.AiStreamInspector;
  const request: Request;
  const response: Response;
  const deltas: AsyncIterable<string>;
  function upload(file: File, signal: AbortSignal): Promise<{ url: string }>;
  function convertToModelMessages(messages: unknown[]): unknown;
  function pay(input: unknown): Promise<string>;
  function forecast(input: unknown): Promise<string>;
  function token(): Promise<string>;
  function sign(url: string): Promise<{ url: string }>;
  function save(before: string, after: string): void;
  function pageWithYourReactBundle(content: string): string;
}`;

/** The types of what can be set from outside: each has a name that can be imported. */
const SETTINGS = `
import type * as all from 'ai-stream-elements';
export const headers: all.HeadersSource = () => ({});
export const body: all.BodySource = {};
export const tools: all.ToolFunctions = {};
export const words: [all.ChatStrings?, all.ArtifactStrings?, all.ImageStrings?, all.InspectorStrings?, all.MarkdownStrings?] = [];
export const panel: [all.ArtifactRecord?, all.ArtifactSession?, all.PanelView?, all.RunPolicy?, all.ImageStatus?] = [];
export const within: [all.ArtifactVersion?, all.AttachmentStrings?, all.Directive?, all.KindViewOptions?, all.MarkdownOptions?] = [];
export const files = (chat: all.AiStreamChat, input: HTMLInputElement) => chat.send({ text: 'What is this?', files: input.files });
`;

/** What an app writes in its framework's markup, as far as that is TypeScript's to check. */
const IN_FRAMEWORKS = {
  'jsx.tsx': `
import type {} from 'ai-stream-elements/jsx';
import { useRef, useState } from 'react';
import type { AiMarkdown, AiStreamChat, Message } from 'ai-stream-elements';
export function App() {
  const [chat, markdown] = [useRef<AiStreamChat>(null), useRef<AiMarkdown>(null)];
  const [messages, setMessages] = useState<readonly Message[]>([]);
  return (
    <>
      <ai-stream-chat ref={chat} key="a" class="b" style={{ flex: 1 }} endpoint="/api/chat" chat-id="c" persist={false}
        messages={messages} model={undefined} tools={{ add: () => 1 }} onClick={() => chat.current?.send('Hi')}
        onai-status={(event) => setMessages(event.currentTarget.messages)} onai-part={(event) => event.part.type}>
        <h2 slot="header">Head</h2>
      </ai-stream-chat>
      <ai-markdown ref={markdown} className="b" value={undefined} line-numbers streaming />
      {/* @ts-expect-error */}
      <ai-stream-chat endpoint={5} />
    </>
  );
}`,
  'svelte.ts': `
import type { AiElements } from 'ai-stream-elements/svelte';
export const chat: AiElements['ai-stream-chat'] = {
  class: 'b', endpoint: '/api/chat', 'chat-id': 'c', chatId: undefined, persist: false, onclick: () => {},
  'onai-status': (event) => event.currentTarget.messages, 'onai-part': (event) => event.part.type,
};
export const markdown: AiElements['ai-markdown'] = { value: 'a', 'line-numbers': true, 'image-hosts': 'self' };
// @ts-expect-error
export const wrong: AiElements['ai-markdown'] = { 'line-numbers': 'a' };`,
  'vue.ts': `
import type { AiComponents } from 'ai-stream-elements/vue';
export const chat: InstanceType<AiComponents['ai-stream-chat']>['$props'] = {
  class: 'b', endpoint: '/api/chat', chatId: undefined, persist: false, onClick: () => {},
  onAiStatus: (event) => event.currentTarget.messages, onAiPart: (event) => event.part.type,
};
// @ts-expect-error
export const wrong: InstanceType<AiComponents['ai-markdown']>['$props'] = { lineNumbers: 'a' };`,
};

const OPTIONS = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
    jsx: 'react-jsx',
    strict: true,
    noUncheckedIndexedAccess: true,
    experimentalDecorators: true,
    useDefineForClassFields: false,
    skipLibCheck: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    paths: {
      'ai-stream-elements': ['../../src/index.ts'],
      'ai-stream-elements/*.js': ['../../src/*.ts'],
      'ai-stream-elements/*': ['../../src/*.ts', '../../src/frameworks/*.d.ts'],
    },
  },
  include: ['*.ts', '*.tsx', '../../src/code/highlightjs.d.ts'],
};

/** What the compiler says of these files. @param {Record<string, string>} files */
async function faultsOf(files) {
  const folder = mkdtempSync(join(root, 'node_modules/.readme-snippets-'));
  try {
    const all = { ...files, 'tsconfig.json': JSON.stringify(OPTIONS) };
    for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text);
    const { stdout } = await run('npx', ['tsc', '-p', folder], { cwd: root }).catch((error) => error);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

it('the README’s TypeScript is right under strict settings', { timeout: 60_000 }, async () => {
  const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```/gm)];
  assert.ok(snippets.length > 8);
  const files = snippets.map(([, code], index) => {
    // The body of a function, where it returns.
    const whole = /^return /m.test(code)
      ? code.replace(/(^import .*\n+)([^]*)/, '$1export function serve() {\n$2}\n')
      : code;
    return [`snippet-${index}.ts`, `${whole}\nexport {};\n`];
  });
  const faults = await faultsOf({ ...Object.fromEntries(files), 'around.ts': AROUND, 'settings.ts': SETTINGS });
  assert.equal(faults, '');
});

it(
  'so is what an app says to the elements in React, Svelte and Vue, and the demo’s React',
  { timeout: 60_000 },
  async () => {
    const demo = readFileSync(join(root, 'demo/examples/react.txt'), 'utf8');
    assert.equal(await faultsOf({ ...IN_FRAMEWORKS, 'demo.tsx': demo }), '');
  },
);
