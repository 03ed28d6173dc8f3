import type { ConstructInfo, Drawn, MarkdownPlugin } from '../plugin.js';
import type { ConstructToken } from '../source/syntax.js';
import type { MarkdownStrings } from '../markdown-strings.js';

/** What a plugin is to draw, and where. */
export interface Construct {
  readonly plugin: MarkdownPlugin;
  readonly source: string;
  readonly kind: ConstructInfo['kind'];
  readonly mark: string;
  /** As it was written: shown where it cannot be drawn, and copied. */
  readonly raw: string;
}

export interface ConstructWatch {
  /** Told when the place of a construct was written: it is to be drawn. */
  readonly onConstruct: (holder: HTMLElement) => void;
}

const constructs = new WeakMap<Node, Construct>();

export function constructOf(node: Node): Construct | undefined {
  return constructs.get(node);
}

/** Whether two places are the same drawing: a place keeps what was drawn in it as long as its source is the same. */
export function isSameConstruct(one: Node, other: Node): boolean {
  const [a, b] = [constructs.get(one), constructs.get(other)];
  return a !== undefined && b !== undefined && a.plugin === b.plugin && a.raw === b.raw && a.kind === b.kind;
}

/** The empty place of a construct. What is drawn in it is the plugin's; no writer looks into it. */
export function createConstruct(token: ConstructToken, watch: ConstructWatch): HTMLElement {
  const { plugin, source, kind, mark, raw } = token;
  return createHolder({ plugin, source, kind, mark, raw: raw.trim() }, watch);
}

/** The place of a drawing of fenced code, below it. */
export function createFenceDrawing(
  plugin: MarkdownPlugin,
  source: string,
  language: string,
  watch: ConstructWatch,
): HTMLElement {
  return createHolder({ plugin, source, kind: 'fence', mark: language, raw: source }, watch);
}

function createHolder(construct: Construct, watch: ConstructWatch): HTMLElement {
  const holder = document.createElement(construct.kind === 'span' ? 'span' : 'div');
  holder.className = `construct ${construct.kind}`;
  holder.dataset['construct'] = construct.plugin.name;
  // What is copied is what was written; code stands beside its drawing already.
  if (construct.kind !== 'fence') holder.dataset['markdown'] = construct.raw;
  constructs.set(holder, construct);
  watch.onConstruct(holder);
  return holder;
}

/** Stands for a block whose end is still to come. */
export function createPending(): HTMLElement {
  const element = document.createElement('div');
  element.className = 'pending';
  element.ariaHidden = 'true';
  return element;
}

/** Puts what was drawn, or in its place the source, where it belongs. */
export function showDrawn(holder: HTMLElement, drawn: Drawn, words: MarkdownStrings): void {
  const { kind, raw } = constructs.get(holder)!;
  holder.dataset['state'] = drawn === null ? 'failed' : 'drawn';
  // A node that was drawn in its place stays there: a frame that is moved loads anew.
  if (drawn instanceof Node && drawn.parentNode === holder) return;
  if (drawn !== null) holder.replaceChildren(drawn);
  else holder.textContent = kind === 'fence' ? words.notDrawn : raw;
}
