import { defined } from '../parts/json.js';
import { halfOf } from './half-of.js';
import type { ArtifactPart } from '../stream-part.js';

/**
 * The ways in which models are told to mark things in their text: Anthropic's, LobeChat's and bolt's tags, LibreChat's
 * directive, and plain fences of html and svg. All of what stands in a mark was written by a model.
 */

export type ArtifactStart = Extract<ArtifactPart, { type: 'artifact-start' }>;

export interface Mark {
  /** What every opening begins with. A line feed at its start is the text's; the mark stands behind it. */
  readonly begins: string;
  /** The opening from there, whole, and what may become one. */
  readonly opening: RegExp;
  readonly unfinished: RegExp;
  /** `wrapper`: it only holds others, and is not shown. `thought`: the model's reasoning. */
  readonly kind: 'artifact' | 'thought' | 'wrapper';
  /** How its content ends. Without one the mark is all there is. */
  readonly closing?: (fence: string) => Closing;
  /** Whether a fence of its own may stand around the content. */
  readonly mayBeFenced?: boolean;
}

export interface Closing {
  readonly whole: RegExp;
  /** What may become one, at the end of what has come. */
  readonly half: (text: string) => number;
}

/** Attributes with their quotes, in which a `>` means nothing. */
const ATTRIBUTES = String.raw`(?<attributes>(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*)?)`;
const OPEN_ATTRIBUTES = String.raw`(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*(?:"[^"]*|'[^']*)?)?$`;

/** `</name>`, and the line feed before it. */
function tagEnd(name: string): Closing {
  const tag = `</${name}>`;
  return {
    whole: new RegExp(`\\n?${tag}`),
    half: (text) => Math.max(halfOf(text, tag), halfOf(text, `\n${tag}`)),
  };
}

/** A line that closes is complete with its line feed or with the end of the text, which is given as one. */
function lineEnd(pattern: string, half: RegExp): Closing {
  return { whole: new RegExp(String.raw`${pattern}[ \t]*(?:\n|$)`), half: (text) => lengthOf(half, text) };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

function tag(name: string, kind: Mark['kind'] = 'artifact'): Mark {
  const opening = { begins: `<${name}`, opening: new RegExp(`^<${name}${ATTRIBUTES}>`), kind };
  const mark = { ...opening, unfinished: new RegExp(`^<${name}${OPEN_ATTRIBUTES}`) };
  const end = tagEnd(name);
  return kind === 'wrapper' ? mark : { ...mark, closing: () => end };
}

/** `</boltArtifact>`, of which only what it holds is shown. */
const WRAPPER_END: Mark = {
  begins: '</boltArtifact',
  opening: /^<\/boltArtifact\s*>/,
  unfinished: /^<\/boltArtifact\s*$/,
  kind: 'wrapper',
};

const DIRECTIVE: Mark = {
  begins: '\n:::artifact',
  opening: /^\n:::artifact[ \t]*\{(?<attributes>(?:"[^"\n]*"|[^}"\n])*)\}[ \t]*\n/,
  unfinished: /^\n:::artifact[ \t]*(?:\{[^\n]*)?$/,
  kind: 'artifact',
  mayBeFenced: true,
  closing: (fence) =>
    fence === ''
      ? lineEnd(String.raw`\n:::`, /\n:{0,3}[ \t]*$/)
      : lineEnd(String.raw`\n${fence}[ \t]*\n:::`, /\n[`~]*[ \t]*(?:\n:{0,3}[ \t]*)?$/),
};

const FENCE: Mark = {
  begins: '\n```',
  opening: /^\n(?<fence>`{3,})(?<language>html|svg)[ \t]*\n/i,
  unfinished: /^\n`{3,}(?:h|ht|htm|html|s|sv|svg)?[ \t]*$/i,
  kind: 'artifact',
  closing: (fence) => lineEnd(String.raw`\n${fence}`, /\n`*[ \t]*$/),
};

export const MARKS: readonly Mark[] = [
  tag('antArtifact'),
  tag('lobeArtifact'),
  tag('artifact'),
  tag('boltAction'),
  tag('boltArtifact', 'wrapper'),
  WRAPPER_END,
  tag('antThinking', 'thought'),
  tag('lobeThinking', 'thought'),
  DIRECTIVE,
  FENCE,
];

/** `identifier="a" type="text/html" title="Clock"`, in any order. The same identifier again is a new version. */
export function describe(attributes: string, language: string | undefined, otherwise: string): ArtifactStart {
  const pairs = [...attributes.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  const fields = new Map(pairs.map(([, name, double, single]) => [name!, double ?? single ?? '']));
  const file = fields.get('filePath');
  const type = fields.get('type');
  // What bolt calls a file is code of the file's own kind.
  const kind = type === 'file' || type === 'shell' || type === 'start' ? 'code' : type;
  return defined({
    type: 'artifact-start',
    id: fields.get('identifier') || fields.get('id') || file || otherwise,
    kind: kind || language?.toLowerCase() || 'code',
    title: fields.get('title') || file,
    language: fields.get('language') || fields.get('lang') || languageOf(file, type),
  } as const);
}

function languageOf(file: string | undefined, type: string | undefined): string | undefined {
  return file === undefined ? (type === 'shell' || type === 'start' ? 'bash' : undefined) : /\.(\w+)$/.exec(file)?.[1];
}
