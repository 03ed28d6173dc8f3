import type { Tokens } from 'marked';
import { CodeText } from './code-text.js';
import { createFenceDrawing } from './construct.js';
import type { RenderContext } from './render-context.js';

const MAX_LANGUAGE = 40;

/** The first word after the fence, as it may stand in a class name; empty where there is none. */
export function languageOf(info: string | undefined): string {
  return (/^\S*/.exec(info ?? '')?.[0] ?? '').slice(0, MAX_LANGUAGE);
}

export function createCodeBlock(token: Tokens.Code, context: RenderContext): HTMLElement {
  const block = createEmptyCodeBlock(languageOf(token.lang));
  const code = token.text === '' ? '' : `${token.text.replace(/\n$/, '')}\n`;
  new CodeText(codeElementOf(block), context.lineNumbers).append(code);
  if (code !== '') addBar(block, context);
  if (!('open' in token)) completeCode(block, context);
  context.onCode();
  return block;
}

function createEmptyCodeBlock(language: string): HTMLElement {
  const block = document.createElement('div');
  block.className = 'code-block';
  if (language !== '') block.dataset['language'] = language;
  const frame = document.createElement('pre');
  const code = document.createElement('code');
  if (language !== '') code.className = `language-${language}`;
  frame.append(code);
  block.append(frame);
  return block;
}

export function codeElementOf(block: Element): HTMLElement {
  return block.querySelector('code')!;
}

/** Complete code is a place to go to where it scrolls; in a language that a plugin draws it gets its drawing below it. */
export function completeCode(block: HTMLElement, context: RenderContext): void {
  const code = codeElementOf(block);
  if (!code.firstChild?.textContent) return;
  context.onScroller(block.querySelector('pre')!);
  const language = block.dataset['language'] ?? '';
  const plugin = context.syntax.painterOf(language);
  if (!plugin) return;
  block.append(createFenceDrawing(plugin, code.textContent, language, context));
}

/** Adds the line with the buttons, and names the code; a block without any has neither. */
export function addBar(block: HTMLElement, { strings, syntax }: RenderContext): void {
  const language = block.dataset['language'] ?? '';
  const isDrawn = syntax.painterOf(language) !== undefined;
  block.setAttribute('part', 'code-block');
  const frame = block.querySelector('pre')!;
  frame.dir = 'ltr';
  frame.role = 'group';
  frame.ariaLabel = strings.code(language);
  const bar = createBar('code-bar', [
    ...(isDrawn ? [['source', strings.showSource(language)] as const] : []),
    ['wrap', strings.wrapCode(language)],
    ['download', strings.downloadCode(language)],
    ['copy', strings.copyCode(language)],
  ]);
  bar.dataset['language'] = language;
  block.prepend(bar);
}

/** Its words are drawn by CSS or spoken by name, so that the text of a block is its own and nothing else. */
export function createBar(name: string, actions: readonly (readonly [action: string, label: string])[]): HTMLElement {
  const bar = document.createElement('div');
  bar.className = name;
  bar.setAttribute('part', name);
  bar.dataset['chrome'] = '';
  for (const [action, label] of actions) bar.append(createAction(action, label));
  return bar;
}

function createAction(action: string, label: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset['action'] = action;
  button.setAttribute('part', 'action');
  button.ariaLabel = label;
  button.title = label;
  if (action === 'wrap' || action === 'source') button.ariaPressed = 'false';
  return button;
}
