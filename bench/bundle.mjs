import { fileURLToPath } from 'node:url';
import { build } from 'vite';

/** A module of this folder with all that it imports, as one file that a browser can load. @param {string} name */
export async function bundle(name) {
  const root = fileURLToPath(new URL('.', import.meta.url));
  const output = await build({
    configFile: false,
    logLevel: 'error',
    root,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify: false,
      lib: { entry: `${root}${name}`, formats: ['es'] },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  return [output].flat()[0].output[0].code;
}
