import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAULTS } from '../faults/fault-rows.mjs';
import { withFaults, withTables } from './readme-tables.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8');
const manifest = JSON.parse(read('custom-elements.json'));
const readme = read('README.md');
const elements = manifest.modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);

/** @param {string} folder */
function sourceOf(folder) {
  const files = readdirSync(join(root, 'src', folder), { recursive: true, encoding: 'utf8' });
  const written = files.filter((file) => file.endsWith('.ts'));
  return written.map((file) => read(join('src', folder, file))).join('\n');
}

const PART = /(?:\bpart="|setAttribute\('part', '|\bsign\('|createBar\(')([a-z- ]+)/g;
const PROPERTY = /var\((--ai-[a-z-]+)[,)]/g;

/** What a feature draws with: parts, and custom properties. @param {string} folder */
function styledBy(folder) {
  const source = sourceOf(folder);
  const found = [...source.matchAll(PART), ...source.matchAll(PROPERTY)];
  return new Set(found.flatMap(([, names]) => names.trim().split(' ')));
}

const TAGS = ['ai-stream-chat', 'ai-markdown', 'ai-artifact-panel', 'ai-image', 'ai-stream-inspector'];

describe('the documents', () => {
  it('the manifest knows each element', () => {
    assert.deepEqual(elements.map(({ tagName }) => tagName).toSorted(), TAGS.toSorted());
  });

  for (const { tagName, events = [], summary } of elements) {
    it(`<${tagName}> has a summary and names the class of each event`, () => {
      assert.ok(summary);
      assert.deepEqual(
        events.filter(({ name, type, description }) => !name || !type?.text || !description),
        [],
      );
    });

    it(`<${tagName}> has its tables in the README`, () => assert.ok(readme.includes(`<!-- api: ${tagName} -->`)));
  }

  it('the manifest says what the doc blocks say (else: npm run manifest)', () => {
    const scratch = mkdtempSync(join(tmpdir(), 'manifest-'));
    const analyzer = join(root, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
    const options = ['--config', 'test/checks/manifest.config.mjs', '--outdir', relative(root, scratch), '--quiet'];
    execFileSync(process.execPath, [analyzer, 'analyze', ...options], { cwd: root });
    const fresh = JSON.parse(readFileSync(join(scratch, 'custom-elements.json'), 'utf8'));
    rmSync(scratch, { recursive: true });
    assert.deepEqual(manifest, fresh);
  });

  it('the README’s tables say what the manifest says (else: npm run manifest)', () => {
    assert.equal(readme, withTables(readme, manifest));
  });

  it('the README’s table of faults says what their test shows (else: npm run manifest)', () => {
    assert.ok(readme.includes('<!-- faults -->'));
    assert.equal(readme, withFaults(readme, FAULTS));
  });

  it('every event stands in the README, with its class and each of its fields', () => {
    const classes = [...read('src/events.ts').matchAll(/^export class (Ai\w+Event) [^]*?^}/gm)];
    assert.ok(classes.length > 20);
    for (const [body, name] of classes) {
      const [, type] = /super\('(ai-[a-z-]+)'/.exec(body);
      const fields = [...body.matchAll(/^ {2}(?:get )?(?!constructor)(\w+)\(/gm)].map(([, field]) => field);
      if (body.includes(' extends AnswerableEvent<')) fields.push('respondWith');
      const row = readme.split('\n').find((line) => line.startsWith('| `ai-') && line.includes(`\`${name}\``));
      assert.ok(row?.split('|')[1].includes(`\`${type}\``), `${name} stands beside \`${type}\``);
      const [, ...documented] = row
        .split('|')[2]
        .replace(/\(.*?\)/g, '')
        .match(/(?<=`)\w+(?=`)/g);
      assert.deepEqual(documented.filter((word) => !word.startsWith('Ai')).toSorted(), fields.toSorted(), type);
    }
  });

  for (const [feature, tags] of Object.entries({
    chat: ['ai-stream-chat'],
    markdown: ['ai-markdown', 'ai-stream-chat', 'ai-artifact-panel'],
    artifact: ['ai-artifact-panel'],
    image: ['ai-image'],
    inspector: ['ai-stream-inspector'],
  })) {
    it(`every part that ${feature}/ draws, and each custom property that it reads, is known to the manifest`, () => {
      for (const tag of tags) {
        const { cssParts, cssProperties } = elements.find(({ tagName }) => tagName === tag);
        const known = new Set([...cssParts, ...cssProperties].map(({ name }) => name));
        const unknown = [...styledBy(feature)].filter((name) => !known.has(name));
        // The text itself is a part of the element alone, where it is all that there is.
        assert.deepEqual(
          unknown.filter((name) => name !== 'content'),
          [],
          tag,
        );
      }
    });
  }

  it('every error code stands in the README', () => {
    const codes = [...read('src/stream/stream-error.ts').matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code]) => code);
    assert.equal(codes.length, 8);
    assert.deepEqual(
      codes.filter((code) => !readme.includes(`\`${code}\``)),
      [],
    );
  });

  it('the commands that the README gives exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...readme.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
    assert.deepEqual(
      named.filter((name) => !(name in scripts)),
      [],
    );
  });
});
