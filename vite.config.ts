import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** Modules that a host adds to markdown. */
const PLUGINS = ['math', 'mermaid', 'emoji'];

/** The contract's entries: the public roots, one module per element, one register file per element. */
const entries = [
  ...['index', 'core', 'server'].map((name) => `src/${name}.ts`),
  ...PLUGINS.map((name) => `src/plugins/${name}.ts`),
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
 * What a plain chat does not need, by how the source imports it: a file of its own beside the one for a script tag,
 * asked for on first use.
 */
const LAZY: Record<string, string> = {
  './diff-view.js': 'src/artifact/views/diff-view.ts',
  './code-editor.js': 'src/artifact/views/code-editor.ts',
  './code-colours.js': 'src/code/code-colours.ts',
  './chat-database.js': 'src/conversation/storage/chat-database.ts',
  fflate: 'node_modules/fflate/esm/browser.js',
};

function lazyName(specifier: string): string {
  return basename(specifier, '.js');
}

/** For a script tag: one minified file that registers everything. */
const cdn: UserConfig = {
  plugins: [leaveLazyFilesOut()],
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    emptyOutDir: true,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'ai-stream-elements.js' },
    rolldownOptions: { output: { minify: true, codeSplitting: false } },
  },
};

const cdnLazy: UserConfig = {
  plugins: [mermaidFile()],
  build: {
    outDir: 'dist/cdn/lazy',
    target: 'es2022',
    emptyOutDir: true,
    lib: {
      entry: Object.fromEntries(Object.entries(LAZY).map(([specifier, file]) => [lazyName(specifier), file])),
      formats: ['es'],
    },
    rolldownOptions: { output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' } },
  },
};

/** The plugins for a script tag, each with what it needs beside it. */
const cdnPlugins: UserConfig = {
  build: {
    outDir: 'dist/cdn/plugins',
    target: 'es2022',
    emptyOutDir: true,
    lib: { entry: PLUGINS.map((name) => `src/plugins/${name}.ts`), formats: ['es'] },
    rolldownOptions: { output: { minify: true, entryFileNames: '[name].js', chunkFileNames: 'shared-[name].js' } },
  },
};

function leaveLazyFilesOut(): Plugin {
  return {
    name: 'leave-lazy-files-out',
    resolveDynamicImport(specifier) {
      if (typeof specifier !== 'string' || !Object.hasOwn(LAZY, specifier)) return null;
      return { id: `./lazy/${lazyName(specifier)}.js`, external: true };
    },
  };
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
      this.emitFile({ type: 'asset', fileName: 'mermaid.tiny.js', source });
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
        builtModule('artifact/preview/frame-document'),
        builtModule('artifact/preview/frame-policy'),
      ]);
      writeFileSync('dist/artifact-frame.html', outerDocument!(framePolicy!()));
    },
  };
}

export default defineConfig(({ mode }) => ({
  ...({ cdn, 'cdn-lazy': cdnLazy, 'cdn-plugins': cdnPlugins }[mode] ?? library),
  publicDir: false,
  logLevel: 'warn',
}));
