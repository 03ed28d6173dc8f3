import type { Message } from '../message.js';

/** Whether two threads hold the very same messages. */
export function isSameList(one: readonly Message[], other: readonly Message[]): boolean {
  return one.length === other.length && one.every((message, index) => message === other[index]);
}
