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
export const files = (chat: all.AiStreamChat, input: HTMLInputElement) => chat.send({ text: 'What is this?', files: input.files });
`;

const OPTIONS = {
  compilerOptions: {
    target: 'ES2022',
    module: 'ESNext',
    moduleResolution: 'bundler',
    lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
    types: [],
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
      'ai-stream-elements/*': ['../../src/*.ts'],
    },
  },
  include: ['*.ts', '../../src/code/highlightjs.d.ts'],
};

it('the README’s TypeScript is right under strict settings', { timeout: 60_000 }, async (t) => {
  const folder = mkdtempSync(join(root, 'node_modules/.readme-snippets-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const snippets = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```ts\n([^]*?)^```/gm)];
  assert.ok(snippets.length > 8);
  snippets.forEach(([, code], index) => {
    // The body of a function, where it returns.
    const whole = /^return /m.test(code)
      ? code.replace(/(^import .*\n+)([^]*)/, '$1export function serve() {\n$2}\n')
      : code;
    writeFileSync(join(folder, `snippet-${index}.ts`), `${whole}\nexport {};\n`);
  });
  writeFileSync(join(folder, 'around.ts'), AROUND);
  writeFileSync(join(folder, 'settings.ts'), SETTINGS);
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(OPTIONS));
  const { stdout } = await run('npx', ['tsc', '-p', folder], { cwd: root }).catch((error) => error);
  assert.equal(stdout, '');
});
