import { readdirSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'vite';

/** The contract's entries: the public roots, one module per element, one register file per element. */
const entries = [
  ...['index', 'core', 'server'].map((name) => `src/${name}.ts`),
  ...readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|[\\/])ai-[a-z-]+\.ts$/.test(file))
    .map((file) => `src/${file}`),
];

/** For bundlers: every module stands alone, dependencies stay imports. */
const library: UserConfig = {
  build: {
    outDir: 'dist',
    target: 'es2022',
    minify: false,
    emptyOutDir: true,
    lib: { entry: entries, formats: ['es'] },
    rolldownOptions: {
      external: [/^lit/, /^@lit/, /^marked/, /^dompurify/, /^eventsource-parser/, /^jsonrepair/, /^node:/],
      output: { preserveModules: true, preserveModulesRoot: 'src', entryFileNames: '[name].js' },
    },
  },
};

/** For a script tag: one minified file that registers everything. */
const cdn: UserConfig = {
  build: {
    outDir: 'dist/cdn',
    target: 'es2022',
    emptyOutDir: true,
    lib: { entry: 'src/index.ts', formats: ['es'], fileName: () => 'ai-stream-elements.js' },
    rolldownOptions: { output: { minify: true } },
  },
};

export default defineConfig(({ mode }) => ({
  ...(mode === 'cdn' ? cdn : library),
  publicDir: false,
  logLevel: 'warn',
}));
