/** What is published: that it is there, that it loads where it must, and that nothing of the source shines through. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { parseAst } from 'vite';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** What the file for a script tag may weigh, in bytes of brotli. */
const HEAVIEST = 131_100;
const cdnFile = join(dist, 'cdn/ai-stream-elements.js');

const builtModules = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.js'))
  .map((file) => join(dist, file));

/** Every node of a module's syntax tree. @param {string} file */
function* nodesOf(file) {
  const waiting = [parseAst(readFileSync(file, 'utf8'))];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (Array.isArray(node)) waiting.push(...node);
    else if (node && typeof node === 'object') {
      if (typeof node.type === 'string') yield node;
      waiting.push(...Object.values(node));
    }
  }
}

/** What a module imports, by any syntax. @param {string} file */
function importsOf(file) {
  const kinds = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression']);
  return [...nodesOf(file)].filter((node) => kinds.has(node.type) && node.source).map((node) => node.source.value);
}

/** The names that a module exports. @param {string} file */
function exportsOf(file) {
  const named = [...nodesOf(file)].filter(({ type }) => type === 'ExportSpecifier');
  return named.map(({ exported }) => exported.name ?? exported.value).toSorted();
}

/** A module and everything that it imports from the build; what comes from elsewhere is in `packages`. */
function graphOf(entry) {
  const files = new Set([entry]);
  const packages = new Set();
  for (const file of files) {
    for (const source of importsOf(file)) {
      if (source?.startsWith('.')) files.add(resolve(dirname(file), source));
      else packages.add(source);
    }
  }
  return { files: [...files], packages: [...packages] };
}

/** Loads a module in a Node of its own, which has no DOM. @param {string} file @param {string} [before] run first */
function loadInNode(file, before = '') {
  const code = `${before} await import(${JSON.stringify(pathToFileURL(file).href)});`;
  return run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root });
}

const languages = readdirSync(join(root, 'src/locales')).filter((file) => /^[a-z]{2}(-\w+)?\.ts$/.test(file));

/** Every entry with its files; that of the languages stands for each of them. @type {[entry: string, files: string[]][]} */
const entries = Object.entries(manifest.exports).flatMap(([entry, target]) => {
  const files = typeof target === 'string' ? [target] : Object.values(target);
  if (!entry.includes('*')) return [[entry, files]];
  const named = (/** @type {string} */ path, /** @type {string} */ file) => path.replace('*', file.replace('.ts', ''));
  return languages.map((file) => [named(entry, file), files.map((path) => named(path, file))]);
});

describe('exports', () => {
  for (const [entry, files] of entries) {
    it(`${entry} is there`, () => {
      for (const file of files) assert.ok(existsSync(join(root, file)), file);
    });
    it(`${entry} resolves`, () => {
      assert.ok(existsSync(new URL(import.meta.resolve(entry.replace(/^\./, manifest.name)))));
    });
  }

  it('has an entry for every element, and no more', () => {
    const elements = readdirSync(join(root, 'src/define')).map((file) => file.replace(/\.ts$/, '.js'));
    const published = Object.keys(manifest.exports).filter((entry) => entry.startsWith('./define/'));
    assert.deepEqual(published.sort(), elements.map((file) => `./define/${file}`).sort());
    for (const file of elements) assert.ok(manifest.exports[`./${file}`], file);
  });

  it('everything that it names is in the package, and no test or source is', { timeout: 60_000 }, async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      maxBuffer: 1e8,
    });
    const packed = new Set(JSON.parse(stdout)[0].files.map(({ path }) => path));
    for (const file of entries.flatMap(([, files]) => files)) assert.ok(packed.has(file.slice(2)), file);
    const foreign = [...packed].filter((path) => /^(test|demo|bench|src)\//.test(path));
    assert.deepEqual(foreign, []);
  });
});

describe('without a DOM', () => {
  // A page that a server renders imports there what it imports in the browser.
  const modules = entries.map(([, [, module]]) => module);
  for (const file of modules.filter((path) => path?.endsWith('.js') && !path.includes('frameworks'))) {
    it(`${file} loads in Node`, () => loadInNode(join(root, file)));
  }

  it('says nothing of a second copy, of which a server’s bundler may make several', async () => {
    const first = "await import('lit'); customElements.define('ai-image', class {});";
    const { stderr } = await loadInNode(join(dist, 'define/ai-image.js'), first);
    assert.doesNotMatch(stderr, /twice/);
  });

  it('core reaches neither Lit nor the DOM', () => {
    const { files, packages } = graphOf(join(dist, 'core.js'));
    assert.deepEqual(
      packages.filter((name) => /^(lit|@lit|marked|dompurify)/.test(name)),
      [],
    );
    const DOM = new Set(['document', 'window', 'customElements', 'HTMLElement', 'requestAnimationFrame']);
    for (const file of files) {
      const nodes = [...nodesOf(file)];
      // A member or a key may be called `document`: the global cannot be meant by it.
      const names = new Set(nodes.flatMap(({ property, key, computed }) => (computed ? [] : [property, key])));
      const used = nodes.filter((node) => node.type === 'Identifier' && DOM.has(node.name) && !names.has(node));
      assert.deepEqual(
        used.map(({ name }) => name),
        [],
        relative(root, file),
      );
    }
  });

  it('server has no import that Deno or a worker lacks', () => {
    assert.deepEqual(graphOf(join(dist, 'server.js')).packages, []);
  });
});

describe('the build', () => {
  it('has no raw decorator, which no browser reads', () => {
    for (const file of builtModules) {
      for (const node of nodesOf(file)) assert.ok(!(node.decorators?.length > 0), relative(root, file));
    }
  });

  it('finds every module that it imports', () => {
    for (const file of builtModules) {
      for (const source of importsOf(file)) {
        if (!source?.startsWith('.')) continue;
        assert.ok(existsSync(resolve(dirname(file), source)), `${source} in ${relative(root, file)}`);
      }
    }
  });

  it('for a script tag is one file: what it asks for later stands in lazy/, and is not asked for at its start', (t) => {
    const dynamic = [...nodesOf(cdnFile)].filter(({ type }) => type === 'ImportExpression');
    // The minifier writes them as templates without a placeholder.
    const later = dynamic.map(({ source }) => source.value ?? source.quasis?.[0]?.value.cooked);
    assert.deepEqual(
      importsOf(cdnFile).filter((source) => source !== undefined && !later.includes(source)),
      [],
    );
    for (const file of later) assert.match(file, /^\.\/lazy\/[\w.-]+\.js$/);
    assert.ok(later.length > 0);
    const bytes = readFileSync(cdnFile);
    const [gzip, brotli] = [gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(({ length }) => length);
    assert.ok(brotli < HEAVIEST, `${brotli} bytes: is something in it that a plain chat does not need?`);
    t.diagnostic(`script tag: ${bytes.length} bytes, gzip ${gzip}, brotli ${brotli}`);
  });

  it('for a script tag hands its code to what it asks for later, which would make a second one of it by importing it', () => {
    for (const file of builtModules.filter((each) => dirname(each) === join(dirname(cdnFile), 'lazy')))
      assert.deepEqual(
        importsOf(file).filter((source) => source?.startsWith('..')),
        [],
        file,
      );
  });

  it('for a script tag asks for one file when the first panel or picture is there, and not for a second one behind it', () => {
    for (const name of ['panel-body', 'picture-body', 'further-dialects', 'keeping']) {
      const file = join(dirname(cdnFile), 'lazy', `${name}.js`);
      const kinds = new Set(['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']);
      const first = [...nodesOf(file)].filter((node) => kinds.has(node.type) && node.source);
      assert.deepEqual(
        first.map(({ source }) => source.value),
        [],
        name,
      );
    }
  });

  it('for a script tag has the licences of all that it carries beside it, as they ask for', () => {
    const folders = { '': manifest.dependencies, plugins: manifest.peerDependencies };
    for (const [folder, packages] of Object.entries(folders)) {
      const told = readFileSync(join(dirname(cdnFile), folder, 'licenses.md'), 'utf8');
      for (const name of Object.keys(packages)) assert.ok(told.includes(`## ${name} - `), name);
    }
  });

  it('for a script tag exports what the package does, and nothing that is its own', () => {
    assert.deepEqual(exportsOf(cdnFile), exportsOf(join(dist, 'index.js')));
  });

  it('depends on what package.json names, and on nothing else', () => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
    const modules = builtModules.filter((file) => !file.startsWith(dirname(cdnFile)));
    const used = new Set(modules.flatMap(importsOf).filter((source) => source && !source.startsWith('.')));
    for (const source of used)
      assert.ok(
        named.some((name) => source === name || source.startsWith(`${name}/`)),
        source,
      );
  });
});
