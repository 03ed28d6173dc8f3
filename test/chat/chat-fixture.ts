import { fixture, html } from '@open-wc/testing';
import '../../src/define/ai-stream-chat.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { settle } from '../support/scripted-fetch.js';

export { until } from '../support/until.mjs';

/** A chat in the page that answers with `fetch`. */
export async function chatWith(
  fetch: typeof globalThis.fetch,
  attributes: Partial<AiStreamChat> = {},
): Promise<AiStreamChat> {
  const chat = await fixture<AiStreamChat>(html`<ai-stream-chat endpoint="/chat"></ai-stream-chat>`);
  Object.assign(chat, { fetch, ...attributes });
  await chat.updateComplete;
  return chat;
}

/** Lets what has arrived be rendered: the session's turn, the page's next frame, the element's update. */
export async function shown(chat: AiStreamChat): Promise<void> {
  await settle();
  await nextFrame();
  await chat.updateComplete;
  await nextFrame();
}

export function nextFrame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

export function all(chat: AiStreamChat, selector: string): HTMLElement[] {
  return [...chat.shadowRoot!.querySelectorAll<HTMLElement>(selector)];
}

export function one<T extends HTMLElement = HTMLElement>(chat: AiStreamChat, selector: string): T {
  const [found] = all(chat, selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found as T;
}

/** The button with this name, as a person would look for it. */
export function button(chat: AiStreamChat, name: string): HTMLButtonElement {
  const found = all(chat, 'button').find((element) => element.textContent!.trim() === name);
  if (!found) throw new Error(`there is no button “${name}”`);
  return found as HTMLButtonElement;
}

export function textsOfMessages(chat: AiStreamChat): string[] {
  return all(chat, '[part~="text"]').map((element) => element.textContent!.trim());
}

export function write(chat: AiStreamChat, text: string): HTMLTextAreaElement {
  const input = one<HTMLTextAreaElement>(chat, 'textarea');
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return input;
}

export function press(input: HTMLElement, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, composed: true, ...init });
  input.dispatchEvent(event);
  return event;
}
