import { fixture, html } from '@open-wc/testing';
import type { Message } from '../../src/message.js';
import { reduceArtifact } from '../../src/conversation/reduce/reduce-artifact.js';
import { AiArtifactStartEvent, AiPartEvent } from '../../src/events.js';
import type { ArtifactPart } from '../../src/protocols/stream-part.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import '../../src/define/ai-artifact-panel.js';

/** The least that a panel follows: what a `ChatSession` is to it. */
export class ScriptedSession extends EventTarget {
  messages: Message[] = [];
  readonly sent: string[] = [];

  async send(text: string): Promise<void> {
    this.sent.push(text);
  }

  /** What one network read brings: any number of parts, then one `change`. */
  receive(messageId: string, ...parts: ArtifactPart[]): void {
    let message = this.messages.find(({ id }) => id === messageId) ?? { id: messageId, role: 'assistant', parts: [] };
    const started: ArtifactPart[] = [];
    for (const part of parts) {
      if (!this.dispatchEvent(new AiPartEvent({ part, message }))) continue;
      message = reduceArtifact(message, part);
      if (part.type === 'artifact-start') started.push(part);
    }
    const others = this.messages.filter(({ id }) => id !== messageId);
    this.messages = [...others, message];
    for (const part of started) this.#tellStart(message, part);
    this.dispatchEvent(new Event('change'));
  }

  #tellStart(message: Message, part: ArtifactPart): void {
    const { type: _, ...artifact } = part as Extract<ArtifactPart, { type: 'artifact-start' }>;
    const streaming = { ...artifact, content: '', status: 'streaming' as const };
    this.dispatchEvent(new AiArtifactStartEvent({ artifact: streaming, message }));
  }
}

export async function panelFor(session: ScriptedSession | undefined): Promise<AiArtifactPanel> {
  const panel = await fixture<AiArtifactPanel>(html`<ai-artifact-panel .session=${session}></ai-artifact-panel>`);
  panel.style.blockSize = '24rem';
  return panel;
}

/** Waits until what came has been read, rendered and shown. */
export async function shown(panel: AiArtifactPanel): Promise<void> {
  await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
  await panel.updateComplete;
  await new Promise((resolve) => requestAnimationFrame(() => resolve(undefined)));
  await panel.updateComplete;
}

export async function eventually<T>(read: () => T | undefined | null | false, what: string, within = 8000): Promise<T> {
  const end = performance.now() + within;
  for (;;) {
    const value = read();
    if (value) return value;
    if (performance.now() > end) throw new Error(`Waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function part<Element extends HTMLElement = HTMLElement>(panel: AiArtifactPanel, name: string): Element | null {
  return panel.shadowRoot!.querySelector<Element>(`[part~="${name}"]`);
}

export function button(panel: AiArtifactPanel, name: string): HTMLButtonElement {
  const all = [...panel.shadowRoot!.querySelectorAll('button')];
  const found = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim() === name);
  if (!found) throw new Error(`No button named ${name}`);
  return found;
}

/** The text that stands in the code view. */
export function codeText(panel: AiArtifactPanel): string {
  return part(panel, 'code')?.textContent ?? '';
}

export const start = (id: string, kind = 'code', more: object = {}): ArtifactPart => ({
  type: 'artifact-start',
  id,
  kind,
  ...more,
});
export const delta = (id: string, text: string): ArtifactPart => ({ type: 'artifact-delta', id, delta: text });
export const end = (id: string): ArtifactPart => ({ type: 'artifact-end', id, status: 'complete' });
