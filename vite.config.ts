import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

/** The contract's entries: the public roots, one module per element, one register file per element. */
const entries = [
  ...['index', 'core', 'server'].map((name) => `src/${name}.ts`),
  ...readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])ai-[a-z-]+\.ts$/.test(file))
    .map((file) => `src/${file}`),
];

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };

function isDependency(id: string): boolean {
  return Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`));
}

/** For bundlers: every module stands alone, dependencies stay imports. */
const library: UserConfig = {
  plugins: [frameworkTypes()],
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
 * For a script tag: one minified file that registers everything. What is imported lazily is in it too, because a file
 * copied to another place would look for its chunks in vain.
 */
const cdn: UserConfig = {
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    emptyOutDir: true,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'ai-stream-elements.js' },
    rolldownOptions: { output: { minify: true, codeSplitting: false } },
  },
};

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

export default defineConfig(({ mode }) => ({
  ...(mode === 'cdn' ? cdn : library),
  publicDir: false,
  logLevel: 'warn',
}));
