import highlighter from '@highlightjs/cdn-assets/es/core.min.js';
import type { Grammar, ScopeNode } from '@highlightjs/cdn-assets/es/core.min.js';

/** What a stretch of code is, as far as it has a colour. */
export const COLOURS = [
  'keyword',
  'string',
  'number',
  'comment',
  'function',
  'type',
  'name',
  'tag',
  'added',
  'removed',
] as const;
export type Colour = (typeof COLOURS)[number];

export interface Stretch {
  start: number;
  end: number;
  colour: Colour;
}

type Loader = () => Promise<{ default: Grammar }>;

/** Each language is loaded when the first block in it is seen. */
const LANGUAGES: Record<string, Loader> = {
  bash: () => import('@highlightjs/cdn-assets/es/languages/bash.min.js'),
  c: () => import('@highlightjs/cdn-assets/es/languages/c.min.js'),
  cpp: () => import('@highlightjs/cdn-assets/es/languages/cpp.min.js'),
  csharp: () => import('@highlightjs/cdn-assets/es/languages/csharp.min.js'),
  css: () => import('@highlightjs/cdn-assets/es/languages/css.min.js'),
  diff: () => import('@highlightjs/cdn-assets/es/languages/diff.min.js'),
  dockerfile: () => import('@highlightjs/cdn-assets/es/languages/dockerfile.min.js'),
  go: () => import('@highlightjs/cdn-assets/es/languages/go.min.js'),
  graphql: () => import('@highlightjs/cdn-assets/es/languages/graphql.min.js'),
  ini: () => import('@highlightjs/cdn-assets/es/languages/ini.min.js'),
  java: () => import('@highlightjs/cdn-assets/es/languages/java.min.js'),
  javascript: () => import('@highlightjs/cdn-assets/es/languages/javascript.min.js'),
  json: () => import('@highlightjs/cdn-assets/es/languages/json.min.js'),
  kotlin: () => import('@highlightjs/cdn-assets/es/languages/kotlin.min.js'),
  lua: () => import('@highlightjs/cdn-assets/es/languages/lua.min.js'),
  makefile: () => import('@highlightjs/cdn-assets/es/languages/makefile.min.js'),
  markdown: () => import('@highlightjs/cdn-assets/es/languages/markdown.min.js'),
  php: () => import('@highlightjs/cdn-assets/es/languages/php.min.js'),
  python: () => import('@highlightjs/cdn-assets/es/languages/python.min.js'),
  r: () => import('@highlightjs/cdn-assets/es/languages/r.min.js'),
  ruby: () => import('@highlightjs/cdn-assets/es/languages/ruby.min.js'),
  rust: () => import('@highlightjs/cdn-assets/es/languages/rust.min.js'),
  scss: () => import('@highlightjs/cdn-assets/es/languages/scss.min.js'),
  shell: () => import('@highlightjs/cdn-assets/es/languages/shell.min.js'),
  sql: () => import('@highlightjs/cdn-assets/es/languages/sql.min.js'),
  swift: () => import('@highlightjs/cdn-assets/es/languages/swift.min.js'),
  typescript: () => import('@highlightjs/cdn-assets/es/languages/typescript.min.js'),
  xml: () => import('@highlightjs/cdn-assets/es/languages/xml.min.js'),
  yaml: () => import('@highlightjs/cdn-assets/es/languages/yaml.min.js'),
};

const ALIASES: Record<string, string> = {
  'c#': 'csharp',
  'c++': 'cpp',
  cs: 'csharp',
  cjs: 'javascript',
  console: 'shell',
  docker: 'dockerfile',
  h: 'c',
  hpp: 'cpp',
  html: 'xml',
  js: 'javascript',
  json5: 'json',
  jsonc: 'json',
  jsx: 'javascript',
  kt: 'kotlin',
  make: 'makefile',
  md: 'markdown',
  mjs: 'javascript',
  patch: 'diff',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  svg: 'xml',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  vue: 'xml',
  yml: 'yaml',
  zsh: 'bash',
};

const loading = new Map<string, Promise<boolean>>();

/** The name by which a language is known here; undefined for one that is not. */
export function knownLanguage(label: string): string | undefined {
  const name = label.toLowerCase();
  const language = Object.hasOwn(ALIASES, name) ? ALIASES[name]! : name;
  return Object.hasOwn(LANGUAGES, language) ? language : undefined;
}

/** Makes a language ready; false where it could not be loaded. */
export function loadLanguage(language: string): Promise<boolean> {
  const known = loading.get(language);
  if (known) return known;
  const loaded = load(language);
  loading.set(language, loaded);
  return loaded;
}

async function load(language: string): Promise<boolean> {
  try {
    const { default: grammar } = await LANGUAGES[language]!();
    highlighter.registerLanguage(language, grammar);
    return true;
  } catch {
    return false;
  }
}

/** Which stretches of the code have which colour. A grammar that fails leaves the code without any. */
export function colourCode(code: string, language: string): Stretch[] {
  const stretches: Stretch[] = [];
  try {
    const result = highlighter.highlight(code, { language, ignoreIllegals: true });
    collect(result._emitter.rootNode, 0, undefined, stretches);
  } catch {
    return [];
  }
  return stretches;
}

function collect(node: ScopeNode, start: number, outer: Colour | undefined, stretches: Stretch[]): number {
  const colour = colourOf(node.scope) ?? outer;
  let at = start;
  for (const child of node.children) {
    if (typeof child === 'string') {
      if (colour) stretches.push({ start: at, end: at + child.length, colour });
      at += child.length;
    } else at = collect(child, at, colour, stretches);
  }
  return at;
}

const SCOPES: Record<string, Colour> = {
  addition: 'added',
  attr: 'name',
  attribute: 'name',
  built_in: 'type',
  bullet: 'keyword',
  code: 'string',
  comment: 'comment',
  deletion: 'removed',
  doctag: 'comment',
  keyword: 'keyword',
  literal: 'number',
  meta: 'tag',
  name: 'tag',
  number: 'number',
  property: 'name',
  quote: 'comment',
  regexp: 'string',
  section: 'function',
  string: 'string',
  symbol: 'number',
  tag: 'tag',
  title: 'function',
  type: 'type',
  variable: 'name',
};

function colourOf(scope: string | undefined): Colour | undefined {
  if (scope === undefined) return undefined;
  if (scope.startsWith('title.class')) return 'type';
  if (scope.startsWith('selector')) return 'tag';
  return SCOPES[scope.split('.')[0]!];
}
