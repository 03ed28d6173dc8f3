import { without, type Branch } from '../thread/branched-thread.js';
import { isSameList } from '../thread/same-list.js';
import type { StoredBranch } from './chat-database.js';
import { MAX_KEPT_BRANCHES, MAX_BRANCHES_SIZE } from './storage-bounds.js';
import { readStored, toText } from './stored-message.js';

interface Kept {
  /** Undefined where the row could not be read: it goes with the next change. */
  branch: Branch | undefined;
  order: number;
  size: number;
  /** The session has it, or had it: what it has no more is to be removed. */
  shown: boolean;
}

export interface BranchChange {
  put: (StoredBranch & { branch: Branch })[];
  remove: string[];
}

/**
 * What is known of the rows of a conversation's branches. A row is called by what is in it, so that one that stands there
 * is written by no page a second time.
 */
export class StoredBranches {
  readonly #chat: string;
  readonly #kept = new Map<string, Kept>();
  /** Branches are immutable, and long: with a picture in it, of millions of characters. */
  readonly #written = new WeakMap<Branch, { text: string; id: string }>();

  constructor(chat: string) {
    this.#chat = chat;
  }

  /** Characters of all that is kept. */
  get size(): number {
    return [...this.#kept.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** As many of these as there is room for: the oldest go, which are the first ones. */
  fitting(branches: readonly Branch[], room: number): readonly Branch[] {
    let size = 0;
    const fits = (branch: Branch) => (size += this.#write(branch).text.length) <= Math.min(room, MAX_BRANCHES_SIZE);
    const { length } = branches.slice(-MAX_KEPT_BRANCHES).toReversed().filter(fits);
    let left = branches;
    while (left.length > length) left = without(left, left[0]!);
    return left;
  }

  /** What is to be written so that the store holds these. */
  changes(branches: readonly Branch[]): BranchChange {
    let order = Math.max(0, ...[...this.#kept.values()].map((one) => one.order));
    const rows = branches.map((branch) => ({
      chat: this.#chat,
      ...this.#write(branch),
      order: (order += 1),
      branch,
    }));
    const ids = new Set(rows.map(({ id }) => id));
    const remove = [...this.#kept].filter(([id, { shown }]) => shown && !ids.has(id)).map(([id]) => id);
    return { put: rows.filter(({ id }) => !this.#kept.has(id)), remove };
  }

  /** The change has been written. */
  confirm({ put, remove }: BranchChange): void {
    for (const { id, branch, order, text } of put)
      this.#kept.set(id, { branch, order, size: text.length, shown: true });
    for (const id of remove) this.#kept.delete(id);
  }

  /**
   * What the store holds now.
   *
   * @returns how many rows could not be read. They go with the next change.
   */
  accept(rows: readonly StoredBranch[]): number {
    const before = new Map(this.#kept);
    this.#kept.clear();
    for (const { id, order, text } of rows) {
      const branch = before.get(id)?.branch ?? fromText(text);
      const shown = branch === undefined || (before.get(id)?.shown ?? false);
      this.#kept.set(id, { branch, order: Number(order) || 0, size: String(text).length, shown });
    }
    return [...this.#kept.values()].filter(({ branch }) => !branch).length;
  }

  /** Whether two lists would be kept as the same. */
  isSame(one: readonly Branch[], other: readonly Branch[]): boolean {
    const [names, others] = [one, other].map((list) => list.map((branch) => this.#write(branch).id));
    return isSameList(names!, others!);
  }

  /** What of a session's branches is its own alone: no row is, or was, of it. To be asked before `accept()`. */
  notKept(branches: readonly Branch[]): Branch[] {
    return branches.filter((branch) => !this.#kept.has(this.#write(branch).id));
  }

  /** All that is kept, which is on show from now on. */
  show(): readonly Branch[] {
    const inOrder = [...this.#kept.values()].toSorted((one, other) => one.order - other.order);
    for (const kept of inOrder) kept.shown = true;
    return inOrder.map(({ branch }) => branch).filter((branch) => branch !== undefined);
  }

  #write(branch: Branch): { text: string; id: string } {
    const known = this.#written.get(branch);
    if (known) return known;
    const text = textOf(branch);
    const written = { text, id: nameOf(text) };
    this.#written.set(branch, written);
    return written;
  }
}

function textOf({ after, index, messages, branches }: Branch): string {
  const head = JSON.stringify({ after, index }).slice(0, -1);
  return `${head},"messages":[${messages.map(toText).join()}],"branches":[${branches.map(textOf).join()}]}`;
}

/** A row may have been written by anybody on this origin. */
function fromText(text: string): Branch | undefined {
  try {
    return readBranch(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function readBranch({ after, index, messages, branches }: Branch): Branch {
  const read = messages.map(readStored).filter((message) => message !== undefined);
  return { after, index, messages: read, branches: branches.map(readBranch) };
}

/** 106 bits of what is in it. No secret is made of it: two of them need only be told apart. */
function nameOf(text: string): string {
  let [one, other, third, fourth] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    other = Math.imul(other ^ code, 1597334677);
    third = Math.imul(third ^ code ^ (one >>> 15), 2246822519);
    fourth = Math.imul(fourth ^ code ^ (other >>> 13), 3266489917);
  }
  return [text.length, one, other, third, fourth].map((part) => (part >>> 0).toString(36)).join('-');
}
