// @ts-check
import { CODE_ARTIFACT, HTML_ARTIFACT, longText, TEXTS } from './texts.js';

/**
 * @typedef {{type: 'text' | 'reasoning', text: string}} TextStep
 * @typedef {{type: 'tool', id: string, name: string, input: object, output: unknown}} ToolStep
 * @typedef {{type: 'artifact', id: string, kind: string, title: string, language: string, content: string}} ArtifactStep
 * @typedef {{type: 'image', seed: number, alt: string}} ImageStep
 * @typedef {{type: 'error', message: string}} ErrorStep
 * @typedef {{type: 'fault', fault: import('./dialects/faults.js').Fault}} FaultStep
 * @typedef {{type: 'stall'}} StallStep
 * @typedef {TextStep | ToolStep | ArtifactStep | ImageStep | ErrorStep | FaultStep | StallStep} Step
 */

/** @type {(text: string) => TextStep} */
const text = (words) => ({ type: 'text', text: words });

/**
 * Between two answers: a table would take the next one's first line for a row.
 * @type {Step}
 */
const PARAGRAPH = text('\n\n');

let count = 0;

/** Names for what an answer makes, new in each answer. @param {string} kind */
function freshId(kind) {
  count += 1;
  return `${kind}-${count}`;
}

/**
 * What is written about, by the words of the question. Several may match: their answers follow one another.
 * @type {[RegExp, () => Step[]][]}
 */
const TOPICS = [
  [/\b(think|reason)/i, () => [{ type: 'reasoning', text: TEXTS.thoughts }, text(TEXTS.conclusion)]],
  [/\btable\b/i, () => [text(TEXTS.table)]],
  [/\b(markdown|everything|features?)\b/i, () => [text(TEXTS.markdown)]],
  [
    /\b(artifact|page|canvas)\b(?!.*\bcode\b)/i,
    () => [text(TEXTS.beforePage), artifact(HTML_ARTIFACT), text(TEXTS.afterPage)],
  ],
  [/\bcode\b/i, () => [text(TEXTS.beforeCode), artifact(CODE_ARTIFACT), text(TEXTS.afterCode)]],
  [/\b(image|picture|draw|paint)/i, () => [text(TEXTS.beforeImage), image(), text(TEXTS.afterImage)]],
  [/\btool\b|\bweather\b/i, () => [text(TEXTS.beforeTool), weather(), text(TEXTS.afterTool)]],
  [/\blong\b/i, () => [text(longText())]],
  [/\bunknown\b/i, () => [text(TEXTS.beforeUnknown), { type: 'fault', fault: 'unknown' }, text(TEXTS.afterUnknown)]],
  [/\bbroken\b/i, () => [text(TEXTS.beforeBroken), { type: 'fault', fault: 'broken' }, text(TEXTS.afterBroken)]],
  [/\btruncate/i, () => [text(TEXTS.beforeCut), { type: 'fault', fault: 'cut' }]],
  [/\bdrop\b/i, () => [text(TEXTS.drop)]],
  [/\bstall\b/i, () => [text(TEXTS.beforeStall), { type: 'stall' }]],
  [
    /\berror\b/i,
    () => [text(TEXTS.beforeError), { type: 'error', message: 'The model is overloaded. Try again in a moment.' }],
  ],
];

/**
 * @param {string} question
 * @returns {Step[]}
 */
export function answerTo(question) {
  const steps = TOPICS.filter(([words]) => words.test(question)).flatMap(([, make]) => [PARAGRAPH].concat(make()));
  return steps.length > 0 ? steps.slice(1) : [text(TEXTS.welcome)];
}

/** The answer goes on where the host has run the tool. @returns {Step[]} */
export function answerToOutput() {
  return [text(TEXTS.afterTool)];
}

/** Whether the thread ends with an answer that waited for its tool. @param {Record<string, any>} body */
export function isToolOutput({ messages }) {
  return Array.isArray(messages) && messages.at(-1)?.role === 'assistant';
}

/** @param {Pick<ArtifactStep, 'kind' | 'title' | 'language' | 'content'>} page @returns {ArtifactStep} */
function artifact(page) {
  return { type: 'artifact', id: freshId('artifact'), ...page };
}

/** @returns {ImageStep} */
function image() {
  count += 1;
  return { type: 'image', seed: count, alt: 'Layered hills under a low sun' };
}

/** @returns {ToolStep} */
function weather() {
  const input = { city: 'Oslo', days: 3, units: 'celsius' };
  return {
    type: 'tool',
    id: freshId('call'),
    name: 'get_weather',
    input,
    output: { forecast: [4, 6, 3], sky: 'clear' },
  };
}

/**
 * What was asked, in whichever form a dialect's request has it.
 * @param {Record<string, any>} body
 * @returns {string}
 */
export function questionOf(body) {
  const messages = Array.isArray(body.messages) ? body.messages : [];
  const asked = messages.findLast((message) => message?.role === 'user') ?? messages.at(-1);
  const plain = [body.message, body.prompt, body.input, body.text, body.q].find((value) => typeof value === 'string');
  return asked ? textOf(asked.parts ?? asked.content) : (plain ?? textOf(body.message?.parts));
}

/** @param {unknown} content @returns {string} */
function textOf(content) {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (typeof part?.text === 'string' ? part.text : '')).join(' ');
}
