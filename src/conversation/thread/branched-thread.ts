import type { Message } from '../../message.js';
import type { StreamError } from '../../stream/stream-error.js';
import { readGivenMessages } from './given-messages.js';
import { isEmpty } from './place-answer.js';

/** Branches that one place of a thread may have, with the one that is shown. Of more, that goes which was shown longest ago. */
const MAX_BRANCHES = 20;

/** A way that a conversation went and that is not shown. Plain data: what was stored as JSON is taken back. */
export interface Branch {
  /** The id of the message that it follows; empty for one that begins the thread. */
  after: string;
  /** Its number, from 0, among the branches of that place. The number that none of them has is that of the one shown. */
  index: number;
  /** All of it, from that place on. */
  messages: readonly Message[];
  /** What goes off from these messages in turn. */
  branches: readonly Branch[];
}

/** Which branch of a place is shown, from 0, and how many there are with it. */
export interface BranchPosition {
  index: number;
  count: number;
}

type Branches = readonly Branch[];

export interface Failure {
  error: StreamError;
  /** How many parts of the answer stood when it went on after its tools. */
  settled: number;
}

/**
 * The thread as it is shown, and the branches that go off from it: oldest first by when they were last shown. A branch
 * has its own branches with it, so that what is shown is one list of messages at any time, and each id stands in it once.
 */
export class BranchedThread {
  messages: readonly Message[];
  branches: Branches = [];
  /** By what stood last then. */
  readonly #failures = new WeakMap<Message, Failure>();

  constructor(messages: readonly Message[]) {
    this.messages = messages;
  }

  /**
   * Another thread. Where it is that of a branch, that one is shown, as a host may know what was shown before. A branch
   * stays where the message that it follows is followed by the same one as before.
   */
  replace(messages: readonly Message[]): void {
    for (let branch; (branch = this.branches.find((one) => this.#isCloser(one, messages)));) this.#exchangeFor(branch);
    const before = this.messages;
    this.messages = messages;
    this.branches = this.branches.filter(({ after }) => {
      const next = follower(messages, after);
      return next !== undefined && next.id === follower(before, after)?.id;
    });
  }

  /** How what is shown has ended, where that was a failure: whoever comes back to a branch finds the way on. */
  get failure(): Failure | undefined {
    return this.#failures.get(this.messages.at(-1)!);
  }
  set failure(failure: Failure) {
    const last = this.messages.at(-1);
    if (last) this.#failures.set(last, failure);
  }

  position(messageId: string): BranchPosition {
    const at = this.messages.findIndex(({ id }) => id === messageId);
    return at < 0 ? { index: 0, count: 0 } : positionAfter(this.branches, this.messages[at - 1]?.id);
  }

  exchange(before: Message, after: Message): Message {
    this.messages = this.messages.map((message) => (message === before ? after : message));
    return after;
  }

  /**
   * Makes the thread end before a message: the rest is a branch.
   *
   * @returns what takes it back, in the place of what has come there since, and gives what then stands there.
   */
  cutOff(at: number): (() => Message | undefined) | undefined {
    const messages = this.messages.slice(at);
    if (messages.length === 0) return undefined;
    const ids = new Set(messages.map(({ id }) => id));
    const others = this.branches.filter(({ after }) => !ids.has(after));
    const branches = this.branches.filter(({ after }) => ids.has(after));
    const after = this.messages[at - 1]?.id ?? '';
    this.messages = this.messages.slice(0, at);
    this.branches = [...others, { after, index: positionAfter(others, after).index, messages, branches }];
    return () => this.#putBack(at, after);
  }

  /** Shows another branch of the place where a message stands. Gives what stands there then. */
  switchTo(messageId: string, index: number): Message {
    const at = this.messages.findIndex(({ id }) => id === messageId);
    const { index: shown } = this.position(messageId);
    if (at >= 0 && index === shown) return this.messages[at]!;
    const isThere = isAfter(this.messages[at - 1]?.id);
    const branch = this.branches.find((one) => at >= 0 && isThere(one) && one.index === index);
    if (!branch)
      throw new DOMException(`There is no branch ${index} at a message with the id “${messageId}”.`, 'NotFoundError');
    this.#exchangeFor(branch);
    return this.messages[at]!;
  }

  /** Changes what is shown and what is not alike. Gives whether something is another. */
  map(change: (message: Message) => Message): boolean {
    const { messages, branches } = this;
    this.messages = mapList(messages, change);
    this.branches = mapList(branches, (branch) => mapBranch(branch, change));
    return this.messages !== messages || this.branches !== branches;
  }

  /** Lets go of what has nothing to show, and of what is too much for its place. */
  trim(): void {
    const isTooMuch = ({ after, messages }: Branch) =>
      messages.every(isEmpty) || positionAfter(this.branches, after).count > MAX_BRANCHES;
    for (let one; (one = this.branches.find(isTooMuch));) this.branches = without(this.branches, one);
  }

  /** It has more in common with a thread than what is shown in its place. */
  #isCloser(branch: Branch, given: readonly Message[]): boolean {
    const at = this.#placeOf(branch);
    const rest = given.slice(at);
    return commonLength(branch.messages, rest) > commonLength(this.messages.slice(at), rest);
  }

  #exchangeFor(branch: Branch): void {
    this.cutOff(this.#placeOf(branch));
    this.#show(branch);
  }

  #placeOf({ after }: Branch): number {
    return this.messages.findIndex(({ id }) => id === after) + 1;
  }

  #putBack(at: number, after: string): Message | undefined {
    const branch = this.branches.findLast(isAfter(after));
    this.messages = this.messages.slice(0, at);
    if (branch) this.#show(branch);
    return this.messages[at];
  }

  #show(branch: Branch): void {
    // A thread of the host's may have taken up an id in the meantime.
    this.messages = readGivenMessages([...this.messages, ...branch.messages]);
    this.branches = [...branch.branches, ...this.branches.filter((one) => one !== branch)];
  }
}

/** Branches from a host or a store, as far as they go off from these messages. Numbers that do not fit are made anew. */
export function readGivenBranches(given: Branches | null | undefined, messages: readonly Message[]): Branches {
  const list: unknown = given ?? [];
  if (!Array.isArray(list)) throw new TypeError('`branches` takes a list.');
  const read = (list as Branches)
    .filter((branch) => follower(messages, branch?.after) !== undefined)
    .flatMap(readBranch);
  return read.map((branch) => withNumber(branch, numberOf(branch, read)));
}

/** The position of what is shown after a message, or at the beginning. */
export function positionAfter(branches: Branches, id: string | undefined): BranchPosition {
  const others = branches.filter(isAfter(id));
  const count = others.length + 1;
  // Of all the numbers the one that is left.
  return { index: others.reduce((rest, { index }) => rest - index, (count * (count - 1)) / 2), count };
}

/** Those behind one that goes move up. */
export function without(branches: Branches, gone: Branch): Branches {
  const isBehind = ({ after, index }: Branch) => after === gone.after && index > gone.index;
  const left = branches.filter((branch) => branch !== gone);
  return left.map((branch) => (isBehind(branch) ? withNumber(branch, branch.index - 1) : branch));
}

function withNumber(branch: Branch, index: number): Branch {
  return { ...branch, index };
}

function isAfter(id = ''): (branch: Branch) => boolean {
  return ({ after }) => after === id;
}

/** How many messages two lists begin with that are the same by their ids. */
function commonLength(one: readonly Message[], other: readonly Message[]): number {
  const at = one.findIndex(({ id }, index) => id !== other[index]?.id);
  return at < 0 ? one.length : at;
}

/** The message that stands after the one with the id, or at the beginning. */
function follower(messages: readonly Message[], id: string): Message | undefined {
  if (id === '') return messages[0];
  const at = messages.findIndex((message) => message.id === id);
  return at < 0 ? undefined : messages[at + 1];
}

function readBranch(given: Branch): Branch[] {
  const messages = readGivenMessages(Array.isArray(given.messages) ? given.messages : []);
  if (messages.length === 0) return [];
  const branches = readGivenBranches(Array.isArray(given.branches) ? given.branches : [], messages);
  return [{ after: given.after, index: given.index, messages, branches }];
}

/** Its own number, where those of the place are different ones of as many as there are. */
function numberOf(branch: Branch, all: Branches): number {
  const there = all.filter(isAfter(branch.after));
  const numbers = new Set(there.map(({ index }) => index));
  const fits = ({ index }: Branch) => Number.isInteger(index) && index >= 0 && index <= there.length;
  return numbers.size === there.length && there.every(fits) ? branch.index : there.indexOf(branch);
}

function mapBranch(branch: Branch, change: (message: Message) => Message): Branch {
  const messages = mapList(branch.messages, change);
  const branches = mapList(branch.branches, (one) => mapBranch(one, change));
  return messages === branch.messages && branches === branch.branches ? branch : { ...branch, messages, branches };
}

/** The same list where nothing of it is another. */
function mapList<Item>(list: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  const changed = list.map(change);
  return changed.every((item, index) => item === list[index]) ? list : changed;
}
