import type { MarkdownPlugin, SpanSyntax } from '../plugin.js';

/** What has been told is not told again for each text that it is given to. */
const told = new WeakSet<object>();

/** The plugins among what a host has given. What is none is told and left out: the text is there without it. */
export function readGivenPlugins(given: readonly MarkdownPlugin[] | null | undefined): readonly MarkdownPlugin[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return tell(given, '`plugins` takes a list, as in [emoji].');
  return given.filter((plugin) => {
    const fault = faultOf(plugin);
    if (fault) tell(typeof plugin === 'object' && plugin !== null ? plugin : given, `A plugin ${fault}`);
    return !fault;
  });
}

function faultOf(plugin: Partial<MarkdownPlugin> | null | undefined): string | undefined {
  if (typeof plugin === 'function') return 'is an object; a function was given: call it, as in [math()].';
  if (typeof plugin !== 'object' || plugin === null) return `is an object; ${typeof plugin} was given.`;
  const { spans = [], languages = [] } = plugin;
  if (!Array.isArray(spans) || !spans.every(isSpan)) return 'has `spans`: [{ open, close }], neither of them empty.';
  if (!isTexts(languages)) return "has `languages`: a list of names, as in ['chart'].";
  return spans.length + languages.length > 0 ? undefined : 'has `spans`, `languages`, or both.';
}

function isSpan(span: Partial<SpanSyntax> | null | undefined): boolean {
  return isTexts([span?.open, span?.close]);
}

function isTexts(list: unknown): boolean {
  return Array.isArray(list) && list.every((text) => typeof text === 'string' && text !== '');
}

function tell(about: unknown, words: string): [] {
  if (typeof about === 'object' && about !== null) {
    if (told.has(about)) return [];
    told.add(about);
  }
  console.warn(`ai-stream-elements: ${words}`);
  return [];
}
