/** The declarations that are published, as an app's compiler reads them, which checks those of its libraries, too. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = ['ES2022', 'DOM', 'DOM.Iterable'];

const ELEMENTS = `
import { type AiLinkEvent, type AiStreamChat } from 'ai-stream-elements';
import { AiMarkdown } from 'ai-stream-elements/ai-markdown.js';
import 'ai-stream-elements/define/ai-image.js';
import { emoji } from 'ai-stream-elements/plugins/emoji.js';
import { math } from 'ai-stream-elements/plugins/math.js';
import { mermaid } from 'ai-stream-elements/plugins/mermaid.js';
export const chat: AiStreamChat = document.createElement('ai-stream-chat');
export const markdown: AiMarkdown | null = document.querySelector('ai-markdown');
chat.plugins = [math(), mermaid(), emoji];
chat.addEventListener('ai-part', ({ part }) => part.type === 'text-delta' && part.delta.length);
window.addEventListener('ai-link', (event: AiLinkEvent) => event.url.length);
document.addEventListener('ai-image-error', ({ error }) => error.code === 'expired' && error.status);
document.addEventListener('ai-image-refresh', (event) => event.respondWith(Promise.resolve({ url: event.url })));
// @ts-expect-error
chat.endpoint = 5;`;

const FRAMEWORKS = `
import type { AiElements as Jsx } from 'ai-stream-elements/jsx';
import type { AiElements as Svelte } from 'ai-stream-elements/svelte';
import type { AiComponents as Vue } from 'ai-stream-elements/vue';
export const jsx: Jsx['ai-image'] = { src: 'a', 'onai-image-load': (event) => event.url.length };
export const svelte: Svelte['ai-image'] = { src: 'a', 'onai-image-load': (event) => event.url.length };
export const vue: InstanceType<Vue['ai-image']>['$props'] = { src: 'a', onAiImageLoad: (event) => event.url.length };`;

const STREET = `
import { ChatSession, parseEvents, persistSession, readParts } from 'ai-stream-elements/core';
import { createEventStream, pipe } from 'ai-stream-elements/server';
import type { ServerResponse } from 'node:http';
export async function serve(upstream: Response, response: ServerResponse): Promise<void> {
  const stream = createEventStream({ headers: { 'access-control-allow-origin': '*' } });
  for await (const part of readParts(upstream)) stream.writePart(part);
  for await (const { data } of parseEvents(upstream.body!)) stream.writeTextDelta(data);
  await pipe(stream, response);
}
export const kept = persistSession(new ChatSession({ headers: () => ({ a: 'b' }), credentials: 'include' }));`;

const APPS = [
  { name: 'the elements', lib: PAGE, types: [], code: ELEMENTS },
  { name: 'the elements in frameworks', lib: PAGE, types: [], code: FRAMEWORKS },
  { name: 'what runs without a page, where there are no types of one', lib: ['ES2023'], types: ['node'], code: STREET },
];

/** An app that has the package and, as this one has, what it may be used with. */
let app = '';

before(() => {
  app = mkdtempSync(join(tmpdir(), 'types-'));
  for (const name of ['@types/node', '@types/react', 'csstype', 'react', 'svelte', 'undici-types', 'vue'])
    link(join(root, 'node_modules', name), name);
  link(root, 'ai-stream-elements');
});

after(() => rmSync(app, { recursive: true }));

function link(target, name) {
  const place = join(app, 'node_modules', name);
  mkdirSync(dirname(place), { recursive: true });
  symlinkSync(target, place);
}

/** What the compiler says. */
async function faultsOf({ lib, types, code }, module) {
  const compilerOptions = { strict: true, target: 'ES2022', skipLibCheck: false, noEmit: true, lib, types, ...module };
  writeFileSync(join(app, 'package.json'), '{"type":"module"}');
  writeFileSync(join(app, 'app.ts'), code);
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));
  const { stdout } = await run('npx', ['tsc', '-p', app], { cwd: root }).catch((error) => error);
  return stdout;
}

const RESOLUTIONS = {
  bundler: { module: 'ESNext', moduleResolution: 'bundler' },
  nodenext: { module: 'NodeNext', moduleResolution: 'nodenext' },
};

for (const [name, module] of Object.entries(RESOLUTIONS)) {
  describe(`the types, found as ${name} does`, () => {
    for (const each of APPS)
      it(each.name, { timeout: 60_000 }, async () => assert.equal(await faultsOf(each, module), ''));
  });
}
