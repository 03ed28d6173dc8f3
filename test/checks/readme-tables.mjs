/**
 * Writes the elements' tables into README.md, between `<!-- api: ai-image -->` and `<!-- /api -->`, from the manifest, and
 * the faults between `<!-- faults -->` and `<!-- /faults -->`, from the rows of their own test. Run by `npm run manifest`; a check fails where the README no longer says what the code does.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FAULTS } from '../faults/fault-rows.mjs';

const MARKED = /<!-- api: ([\w-]+) -->[\s\S]*?<!-- \/api -->/g;

/**
 * @param {string} readme
 * @param {{modules: {declarations?: any[]}[]}} manifest
 */
export function withTables(readme, manifest) {
  const declarations = manifest.modules.flatMap(({ declarations = [] }) => declarations);
  return readme.replace(MARKED, (_, tag) => {
    if (tag === 'every-element') return `<!-- api: ${tag} -->\n\n${commonTable(declarations)}\n\n<!-- /api -->`;
    const element = declarations.find(({ tagName }) => tagName === tag);
    if (!element) throw new Error(`README.md has a place for <${tag}>, which the manifest does not know.`);
    return `<!-- api: ${tag} -->\n\n${tablesOf(element)}\n\n<!-- /api -->`;
  });
}

/** @param {any} element */
function tablesOf(element) {
  const members = (element.members ?? []).filter(isPublic);
  const fields = members.filter(({ kind }) => kind === 'field');
  const methods = members.filter(({ kind }) => kind === 'method');
  return [
    table(['attribute, property', 'type', 'default', ''], fields.map(fieldRow)),
    table(['method', ''], methods.map(methodRow)),
    table(['event', ''], (element.events ?? []).map(namedRow)),
    table(['slot', ''], (element.slots ?? []).map(namedRow)),
    table(['part', ''], (element.cssParts ?? []).map(namedRow)),
    table(
      ['custom property', ''],
      (element.cssProperties ?? []).filter(({ inheritedFrom }) => !inheritedFrom).map(propertyRow),
    ),
    table(['state', ''], (element.cssStates ?? []).map(namedRow)),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What every element has from the class that they share. */
function commonTable([element]) {
  const shared = (element.cssProperties ?? []).filter(({ inheritedFrom }) => inheritedFrom);
  return table(['custom property', ''], shared.map(propertyRow));
}

/** What Lit and the platform call is public to them, not to people. */
function isPublic({ name, privacy, static: isStatic, inheritedFrom, description, kind }) {
  if (privacy === 'private' || privacy === 'protected' || isStatic || inheritedFrom || name.startsWith('#'))
    return false;
  return kind === 'field' ? true : Boolean(description);
}

function fieldRow({ name, attribute, type, default: value, description }) {
  const spelled = attribute && attribute !== name ? `\`${attribute}\`, \`${name}\`` : `\`${name}\``;
  return [
    attribute ? spelled : `\`${name}\` (property)`,
    code(type?.text),
    code(value === 'undefined' ? '' : value),
    description,
  ];
}

function methodRow({ name, parameters = [], description }) {
  return [code(`${name}(${parameters.map(({ name }) => name).join(', ')})`), description];
}

function namedRow({ name, description }) {
  return [code(name || '(default)'), description];
}

function propertyRow({ name, default: value, description }) {
  return [code(value ? `${name}: ${value}` : name), description];
}

function table(head, rows) {
  if (rows.length === 0) return '';
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** @param {string} readme @param {typeof FAULTS} faults */
export function withFaults(readme, faults) {
  const rows = faults.flatMap(({ title, rows }) => [[`**${title}**`, '', '', ''], ...rows.map(faultRow)]);
  const head = ['what happens', 'what the reader is told', 'what the message keeps', 'who closes'];
  return readme.replace(/<!-- faults -->[\s\S]*?<!-- \/faults -->/, () =>
    ['<!-- faults -->', table(head, rows), '<!-- /faults -->'].join('\n\n'),
  );
}

/** @param {import('../faults/fault-rows.mjs').Fault} fault */
function faultRow({ fault, sees, code: error, keeps, closed }) {
  const told = sees ? `“${sees}”${error ? ` (\`${error}\`)` : ''}` : '';
  return [fault, told, keeps, { server: 'the server', chat: 'the chat', nobody: '' }[closed]];
}

function line(cells) {
  return `| ${cells.map(cell).join(' | ')} |`;
}

function cell(text) {
  return String(text ?? '')
    .split('\n\n')[0]
    .replace(/\s+/g, ' ')
    .replaceAll('|', '\\|')
    .trim();
}

function code(text) {
  return text ? `\`${text.replace(/\s+/g, ' ')}\`` : '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync('README.md', 'utf8');
  const manifest = JSON.parse(readFileSync('custom-elements.json', 'utf8'));
  writeFileSync('README.md', withFaults(withTables(readme, manifest), FAULTS));
}
