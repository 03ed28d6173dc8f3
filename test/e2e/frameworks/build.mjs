/** Builds a framework's app as a team would, of what was built here, the README's snippets and the demo's sources. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compile as compileSvelte } from 'svelte/compiler';
import { build, transformWithOxc } from 'vite';
import { compileScript, parse } from 'vue/compiler-sfc';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const read = (file) => readFileSync(join(root, file), 'utf8');
const readme = read('README.md');

// The README's snippets: the chat of each framework, and the markdown's line that ends with its name.
const [, section] = /^## In a framework\n([^]*?)^## /m.exec(readme);
const [, react] = /```tsx\n([^]*?)```/.exec(section);
const [, vue, svelte] = /```html\n<!-- Vue[^]*?-->\n([^]*?)\n\n<!-- Svelte[^]*?-->\n([^]*?)```/.exec(section);
const markdownIn = (name) => new RegExp(`^(<ai-markdown .*) // ${name}`, 'm').exec(readme)[1];

const NAMES = 'text, isStreaming, plugins, headers, onPart';

/** Modules that are written elsewhere, by the name that an app imports them under. */
const ELSEWHERE = {
  'demo:react.tsx': read('demo/examples/react.txt'),
  'demo:Assistant.vue': read('demo/examples/vue.txt'),
  'demo:Assistant.svelte': read('demo/examples/svelte.txt'),
  'readme:react.tsx': `${react.replace(/^<[^]*/m, '')}
    export const Snippets = ({ ${NAMES} }) => <>${/^<[^]*/m.exec(react)[0]}${markdownIn('React 19')}</>;`,
  'readme:Snippets.vue': `<script setup>const { ${NAMES} } = defineProps(${JSON.stringify(NAMES.split(', '))});</script>
    <template>${vue}${markdownIn('Vue')}</template>`,
  'readme:Snippets.svelte': `<script>let { ${NAMES} } = $props();</script>${svelte}${markdownIn('Svelte 5')}`,
};

/** @param {boolean} ssr */
function components(ssr) {
  return {
    name: 'components',
    enforce: 'pre',
    resolveId: (id) => (id in ELSEWHERE ? `/${id}` : undefined),
    load: (id) => ELSEWHERE[id.slice(1)],
    transform(code, id) {
      if (id.endsWith('.svelte'))
        return compileSvelte(code, { filename: id, dev: !ssr, generate: ssr ? 'server' : 'client' }).js;
      return id.endsWith('.vue') ? compileVue(code, id, ssr) : undefined;
    },
  };
}

async function compileVue(code, id, ssr) {
  const options = { isCustomElement: (tag) => tag.startsWith('ai-') };
  const { descriptor } = parse(code, { filename: id, templateParseOptions: options });
  const templateOptions = { ssr, ssrCssVars: [], compilerOptions: options };
  const { content } = compileScript(descriptor, { id, inlineTemplate: true, templateOptions });
  return transformWithOxc(content, `${id}.ts`);
}

const BUILT = [
  { find: /^ai-stream-elements$/, replacement: join(root, 'dist/index.js') },
  { find: /^ai-stream-elements\/core$/, replacement: join(root, 'dist/core.js') },
];

/** A server imports it as it is. @param {string} id */
const isBuilt = (id) => id.startsWith(join(root, 'dist'));

/** @param {string} entry @param {boolean} ssr */
async function bundle(entry, ssr) {
  const { output } = await build({
    configFile: false,
    root,
    base: './',
    mode: 'development',
    logLevel: 'warn',
    publicDir: false,
    plugins: [components(ssr)],
    oxc: { jsx: { runtime: 'automatic' } },
    // What frameworks say of mistakes, they say in development.
    define: { 'process.env.NODE_ENV': '"development"', ...VUE_FLAGS },
    resolve: { alias: BUILT },
    build: {
      write: false,
      minify: false,
      target: 'esnext',
      ssr,
      rolldownOptions: {
        input: join(root, entry),
        external: ssr ? isBuilt : undefined,
        output: { entryFileNames: 'main.js', chunkFileNames: 'lazy/[name].js' },
      },
    },
  });
  return new Map(output.map((file) => [file.fileName, file.code ?? file.source]));
}

const VUE_FLAGS = {
  __VUE_OPTIONS_API__: 'true',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
};

/** The files of an app's page, by name. @param {'react' | 'vue' | 'svelte'} framework */
export function buildApp(framework) {
  return bundle(`test/e2e/frameworks/${framework}/main.${framework === 'react' ? 'jsx' : 'js'}`, false);
}

/** What a server writes into the page. @param {'react' | 'vue' | 'svelte'} framework @param {object} given */
export async function renderOnServer(framework, given) {
  const files = await bundle(`test/e2e/frameworks/${framework}/server.${framework === 'react' ? 'jsx' : 'js'}`, true);
  const folder = mkdtempSync(join(root, 'node_modules/.frameworks-'));
  try {
    writeFileSync(join(folder, 'main.mjs'), files.get('main.js'));
    const { render } = await import(pathToFileURL(join(folder, 'main.mjs')).href);
    return await render(given);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
