import { nameToEmoji } from 'gemoji';
import type { MarkdownPlugin, SpanContext } from '../markdown/plugin.js';

export type { MarkdownPlugin } from '../markdown/plugin.js';

/** Names as GitHub has them, such as `:tada:`, as the characters themselves: no picture, no font. Times and code stay. */
export const emoji: MarkdownPlugin = {
  name: 'emoji',
  spans: [{ open: ':', close: ':', maxLength: 40, accepts: isName, text: characterOf }],
};

function isName(content: string, { before, after, whole }: SpanContext): boolean {
  if (/[\p{L}\p{N}:]/u.test(before) || !/^[a-z0-9_+-]*$/.test(content)) return false;
  return !whole || !/^[\p{L}\p{N}:]/u.test(after);
}

function characterOf(name: string): string | undefined {
  return Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined;
}
