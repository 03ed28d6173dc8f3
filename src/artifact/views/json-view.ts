import type { Artifact } from '../../message.js';
import type { ArtifactView } from './artifact-view.js';
import { shownText } from './shown-text.js';

/** So many members of one object or array are drawn at a time. */
const MEMBERS = 200;
/** Objects down to this depth are open at first. */
const OPEN_DEPTH = 2;
const LONGEST_TEXT = 2000;

/** JSON as a tree whose branches are drawn when they are opened. */
export class JsonView implements ArtifactView {
  readonly #element = document.createElement('div');
  readonly #unreadable: string;

  constructor(container: HTMLElement, title: string, unreadable: string) {
    this.#unreadable = unreadable;
    this.#element.className = 'scroller json';
    this.#element.dir = 'ltr';
    this.#element.tabIndex = 0;
    this.#element.setAttribute('role', 'region');
    this.#element.setAttribute('aria-label', title);
    container.append(this.#element);
  }

  update({ content, status }: Artifact): void {
    const parsed = parse(content);
    if (parsed) this.#element.replaceChildren(nodeOf(undefined, parsed.value, 0));
    else if (status !== 'streaming') this.#element.replaceChildren(noteOf(this.#unreadable), textOf(content));
  }

  destroy(): void {
    this.#element.remove();
  }
}

function parse(content: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(content) };
  } catch {
    return undefined;
  }
}

function noteOf(text: string): HTMLElement {
  const note = document.createElement('p');
  note.className = 'more';
  note.textContent = text;
  return note;
}

function textOf(content: string): HTMLElement {
  const text = document.createElement('pre');
  text.textContent = shownText(content);
  return text;
}

function nodeOf(name: string | undefined, value: unknown, depth: number): HTMLElement {
  if (typeof value !== 'object' || value === null) return leafOf(name, value);
  const entries = Array.isArray(value)
    ? value.map((each, index) => [String(index), each] as const)
    : Object.entries(value);
  const branch = document.createElement('details');
  const summary = document.createElement('summary');
  summary.append(...nameOf(name), Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`);
  branch.append(summary);
  const fill = (): void => {
    if (branch.childElementCount === 1) addMembers(branch, entries, 0, depth);
  };
  branch.addEventListener('toggle', () => branch.open && fill());
  if (depth < OPEN_DEPTH) {
    branch.open = true;
    fill();
  }
  return branch;
}

function addMembers(branch: HTMLElement, entries: (readonly [string, unknown])[], from: number, depth: number): void {
  for (const [name, value] of entries.slice(from, from + MEMBERS)) branch.append(nodeOf(name, value, depth + 1));
  const rest = entries.length - from - MEMBERS;
  if (rest <= 0) return;
  const more = document.createElement('button');
  more.type = 'button';
  more.textContent = `… ${rest}`;
  more.addEventListener('click', () => {
    more.remove();
    addMembers(branch, entries, from + MEMBERS, depth);
  });
  branch.append(more);
}

function leafOf(name: string | undefined, value: unknown): HTMLElement {
  const leaf = document.createElement('div');
  leaf.className = 'leaf';
  const text = document.createElement('span');
  text.className = value === null ? 'null' : typeof value;
  const written = shownText(JSON.stringify(value) ?? '');
  text.textContent = written.length > LONGEST_TEXT ? `${written.slice(0, LONGEST_TEXT)}…` : written;
  leaf.append(...nameOf(name), text);
  return leaf;
}

function nameOf(name: string | undefined): Node[] {
  if (name === undefined) return [];
  const key = document.createElement('span');
  key.className = 'key';
  key.textContent = shownText(name);
  return [key, document.createTextNode(': ')];
}
