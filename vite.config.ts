import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { minify } from 'terser';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** Modules that a host adds to markdown. */
const PLUGINS = ['math', 'mermaid', 'emoji'];

/** The languages that elements speak beside English, each a module of its own: `de`, `zh-Hant`. */
const LOCALES = readdirSync('src/locales')
  .map((file) => basename(file, '.ts'))
  .filter((name) => /^[a-z]{2}(-[A-Z]\w+)?$/.test(name));

/** The contract's entries: the public roots, one module per element, one register file per element. */
const entries = [
  ...['index', 'core', 'server'].map((name) => `src/${name}.ts`),
  ...PLUGINS.map((name) => `src/plugins/${name}.ts`),
  ...LOCALES.map((name) => `src/locales/${name}.ts`),
  ...readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])ai-[a-z-]+\.ts$/.test(file))
    .map((file) => `src/${file}`),
];

const { dependencies, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
  'dependencies' | 'peerDependencies',
  Record<string, string>
>;

function isDependency(id: string): boolean {
  return Object.keys({ ...dependencies, ...peerDependencies }).some((name) => id === name || id.startsWith(`${name}/`));
}

/** For bundlers: every module stands alone, dependencies stay imports. */
const library: UserConfig = {
  plugins: [frameworkTypes(), sandboxPage()],
  build: {
    outDir: 'dist',
    target: 'es2022',
    minify: false,
    emptyOutDir: true,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: isDependency,
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
};

/**
 * For a script tag: one minified file that registers everything. What the source imports dynamically, a plain chat does
 * not need: files of their own beside it, asked for on first use.
 */
const cdn: UserConfig = {
  plugins: [onlyLexerOfMarked(), denseTemplates(), denseCode(), shareWithLazyFiles(), mermaidFile()],
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'ai-stream-elements.js' },
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension',
      // That the denser minifier takes its time is known.
      checks: { pluginTimings: false },
      output: {
        minify: true,
        // A library by its own name, which its entry's file seldom has.
        chunkFileNames: ({ facadeModuleId, name }) =>
          `lazy/${/\/node_modules\/([\w-]+)\//.exec(facadeModuleId ?? '')?.[1] ?? name}.js`,
        // In the one file all that is needed at first, with all that it imports; and what two lazy files share, which would
        // be a third one, asked for when one of them has come.
        codeSplitting: { groups: [{ name: 'ai-stream-elements', test: /src.(index|trust.plain-file-name)\.ts$/ }] },
      },
    },
  },
};

/** The plugins for a script tag, each with what it needs beside it. */
const cdnPlugins: UserConfig = {
  build: {
    outDir: 'dist/cdn/plugins',
    target: 'es2022',
    emptyOutDir: true,
    license: { fileName: 'licenses.md' },
    lib: { entry: PLUGINS.map((name) => `src/plugins/${name}.ts`), formats: ['es'] },
    rolldownOptions: { output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' } },
  },
};

/** The languages for a script tag. */
const cdnLocales: UserConfig = {
  build: {
    outDir: 'dist/cdn/locales',
    target: 'es2022',
    emptyOutDir: true,
    lib: { entry: LOCALES.map((name) => `src/locales/${name}.ts`), formats: ['es'] },
    rolldownOptions: { output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' } },
  },
};

/**
 * Of marked only the lexer is used, and of that nothing that reads as the first markdown did. Its last lines make a
 * parser of their own and hang everything on that, so that a bundler must keep it all.
 */
function onlyLexerOfMarked(): Plugin {
  return {
    name: 'only-lexer-of-marked',
    transform(code, id) {
      if (!id.endsWith('/marked/lib/marked.esm.js')) return null;
      const [, whole, exports] = /^([^]*)var \w+=new \w+;function [^]*export(\{[^}]*\});/.exec(code) ?? [];
      const kept = exports?.match(/[\w$]+ as (Lexer|Tokenizer)\b/g);
      if (kept?.length !== 2)
        throw new Error('marked is built in another way than before: look at what can be left out.');
      const lexer = whole!.replaceAll('this.options.pedantic', 'false').replace(/,pedantic:\w+(?=\})/g, '');
      return `${lexer}export {${kept.join()}};`;
    },
  };
}

/** Style sheets and templates without what is for those who read them: a minifier leaves literals as they are. */
function denseTemplates(): Plugin {
  return {
    name: 'dense-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/') || !/(?:css|html)`/.test(code)) return null;
      const lines = code.includes('html`') ? code.replace(/\n +/g, '\n') : code;
      return lines.replace(/\bcss`[^`]*`/g, (styles) =>
        styles
          .replace(/\/\*[^]*?\*\//g, '')
          .replace(/\s*\n\s*/g, '\n')
          .replace(/(?<=[{};,`])\n| (?=\{\n)|\n(?=[}`])/g, '')
          .replace(/;(?=\})| (?=[>{])|(?<=>) |\b0(?=\.\d)/g, ''),
      );
    },
  };
}

/** The bundler's own minifier leaves a fiftieth more. The one file that every page loads is worth the seconds. */
function denseCode(): Plugin {
  return {
    name: 'dense-code',
    async generateBundle(_options, bundle) {
      const entry = Object.values(bundle).find((output) => output.type === 'chunk' && output.isEntry);
      if (entry?.type !== 'chunk') return;
      // Smaller by 0.3 kB of brotli: functions one behind the other, and statements as they are.
      const compress = { passes: 3, hoist_funs: true, sequences: false };
      const { code } = await minify(entry.code, { module: true, ecma: 2020, compress });
      entry.code = code!;
    },
  };
}

/**
 * Lazy files use the code of the file that asks for them. An import would name its address, which need not be the one
 * that the page has it by: a query or a redirect makes two of it, with two of every class and registry. So it hands what
 * they need over itself.
 */
function shareWithLazyFiles(): Plugin {
  return {
    name: 'share-with-lazy-files',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const entry = chunks.find(({ isEntry }) => isEntry)!;
      const key = `${basename(entry.fileName, '.js')} ${hash(entry.code)}`;
      const place = `globalThis[Symbol.for(${JSON.stringify(key)})]`;
      const shared = new Set<string>();
      for (const chunk of chunks) {
        chunk.code = chunk.code.replace(IMPORT_OF_ENTRY, (_all, list?: string) => {
          if (list === undefined) return '';
          for (const [name] of bindings(list)) shared.add(name);
          return `const{${bindings(list).map(([name, as]) => `${name}:${as}`)}}=${place};`;
        });
      }
      entry.code = entry.code.replace(EXPORTS, (_all, list: string) => {
        const handed = bindings(list).filter(([, as]) => shared.has(as));
        const exported = bindings(list).filter(([, as]) => PUBLIC_NAME.test(as));
        return `${place}??={${handed.map(([name, as]) => `${as}:${name}`)}};export{${exported.map(([name, as]) => `${name} as ${as}`)}};`;
      });
    },
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const IMPORT_OF_ENTRY = /import(?:\{([^}]*)\}from)?["`]\.\.\/ai-stream-elements\.js["`];?/;
const EXPORTS = /export\{([^}]*)\};?\s*$/;

/** What the bundler exports for lazy files alone has names of one or two letters. */
const PUBLIC_NAME = /^\w{3,}$/;

/** `a as b,c` by what each is called where it comes from and where it goes. */
function bindings(list: string): [from: string, to: string][] {
  return list.split(',').map((binding) => {
    const [from, to = from] = binding.trim().split(' as ') as [string, string?];
    return [from, to];
  });
}

/**
 * The frameworks' types are written by hand, because the compiler would need the frameworks to make them. Beside each
 * stands an empty module, so that importing one without `type` does no harm.
 */
function frameworkTypes(): Plugin {
  return {
    name: 'framework-types',
    generateBundle() {
      for (const file of readdirSync('src/frameworks')) {
        const name = basename(file, '.d.ts');
        const source = readFileSync(`src/frameworks/${file}`, 'utf8');
        this.emitFile({ type: 'asset', fileName: `frameworks/${file}`, source });
        this.emitFile({ type: 'asset', fileName: `frameworks/${name}.js`, source: 'export {};\n' });
      }
    },
  };
}

function builtModule(file: string): Promise<Record<string, (text?: string) => string>> {
  return import(pathToFileURL(`dist/${file}.js`).href);
}

/** Mermaid as a file, which the artifact panel reads as text for its sandbox when a diagram is to be drawn. */
function mermaidFile(): Plugin {
  return {
    name: 'mermaid-file',
    generateBundle() {
      const folder = 'node_modules/@mermaid-js/tiny';
      const licence = readFileSync(`${folder}/LICENSE`, 'utf8').trim();
      const source = `/*! @mermaid-js/tiny\n${licence}\n*/\n${readFileSync(`${folder}/dist/mermaid.tiny.js`, 'utf8')}`;
      this.emitFile({ type: 'asset', fileName: 'lazy/mermaid.tiny.js', source });
    },
  };
}

/**
 * The outer frame of the artifacts' sandbox as a page, for hosts that serve it from another origin. The modules that
 * were just built write it, so that there is one source of it.
 */
function sandboxPage(): Plugin {
  return {
    name: 'sandbox-page',
    async closeBundle() {
      const [{ outerDocument }, { framePolicy }] = await Promise.all([
        builtModule('artifact/preview/frame/frame-document'),
        builtModule('artifact/preview/frame/frame-policy'),
      ]);
      writeFileSync('dist/artifact-frame.html', outerDocument!(framePolicy!()));
    },
  };
}

export default defineConfig(({ mode }) => ({
  ...({ cdn, 'cdn-plugins': cdnPlugins, 'cdn-locales': cdnLocales }[mode] ?? library),
  publicDir: false,
  logLevel: 'warn',
}));
