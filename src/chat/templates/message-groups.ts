import { html } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from '../../element/repeat.js';
import type { Message } from '../../message.js';

/** How many messages are in a group, where none has been put between others. */
const SIZE = 16;

/** How many there are at most where others have been put between them. */
const MAX_SIZE = 64;

/** How many parts of one message are looked after together. */
export const RUN = 64;

/** One message as it is to be shown. */
export interface MessageView {
  id: string;
  /** All that it depends on. It is drawn anew only when something of that is another. */
  by: unknown[];
  draw(): unknown;
}

/** A run of the thread, by where its first message stands and where it ends. */
interface Group {
  readonly key: number;
  /** The key of the group that those of its messages come from that were there before. */
  readonly origin: number;
  readonly from: number;
  to: number;
}

/**
 * A thread in groups of messages, which rest together: a browser looks after each box that rests in each frame, and so
 * after a thousand messages for each word of the last. A message stays in its group whatever is put before or behind it.
 */
export class MessageGroups {
  #ids: readonly string[] = [];
  #groups: readonly Group[] = [];
  #count = 0;
  #version = 0;
  #runs = 0;

  /** Another number with each change of which messages there are, in which order, and of how many runs the last one has. */
  get version(): number {
    return this.#version;
  }

  /** Of a group in which nothing is another, nothing is touched: a word costs the same below a thousand messages. */
  render(messages: readonly Message[], viewOf: (message: Message, at: number) => MessageView): unknown {
    if (!this.#isKnown(messages)) this.#group(messages.map(({ id }) => id));
    const runs = Math.ceil((messages.at(-1)?.parts.length ?? 0) / RUN);
    if (runs !== this.#runs) this.#version += 1;
    this.#runs = runs;
    const last = this.#groups.at(-1);
    return repeat(
      this.#groups,
      ({ key }) => key,
      (group) => {
        const views = messages.slice(group.from, group.to).map((message, at) => viewOf(message, group.from + at));
        const isLast = group === last;
        return guard([isLast, ...views.flatMap(({ by }) => by)], () => renderGroup(views, isLast));
      },
    );
  }

  #isKnown(messages: readonly Message[]): boolean {
    return messages.length === this.#ids.length && messages.every(({ id }, at) => id === this.#ids[at]);
  }

  #group(ids: readonly string[]): void {
    const before = new Map(
      this.#groups.flatMap(({ key, from, to }) => this.#ids.slice(from, to).map((id) => [id, key] as const)),
    );
    const keys = ids.map((id) => before.get(id));
    const following = nextOfEach(keys);
    const groups = new Map<number, Group>();
    let group: Group | undefined;
    keys.forEach((key, at) => {
      const stays = key === undefined ? hasPlace(group, following[at]) : key === group?.origin;
      if (!group || !stays) group = this.#begin(key, at, groups);
      groups.set(group.key, group);
      group.to = at + 1;
    });
    this.#version += 1;
    this.#ids = ids;
    this.#groups = [...groups.values()];
  }

  /** What others have been taken out of the middle of, or put into, goes on under a key of its own. */
  #begin(origin: number | undefined, at: number, groups: Map<number, Group>): Group {
    const key = origin === undefined || groups.has(origin) ? (this.#count += 1) : origin;
    return { key, origin: origin ?? key, from: at, to: at };
  }
}

function renderGroup(views: readonly MessageView[], isLast: boolean): unknown {
  return html`<div class="group ${isLast ? 'last' : ''}">
    ${repeat(
      views,
      ({ id }) => id,
      ({ by, draw }) => guard(by, draw),
    )}
  </div>`;
}

/** For each its key, or that of the next one that has one. */
function nextOfEach(keys: readonly (number | undefined)[]): (number | undefined)[] {
  const all = [...keys];
  for (let at = all.length - 2; at >= 0; at -= 1) all[at] ??= all[at + 1];
  return all;
}

/** For a new message. What is put into the middle of a group must not drive its rest out. */
function hasPlace(group: Group | undefined, following: number | undefined): boolean {
  if (!group) return false;
  return group.to - group.from < (group.origin === following ? MAX_SIZE : SIZE);
}
