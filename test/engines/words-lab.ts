/** What the elements say to a reader, in a page of another direction. `turned` is how a driver finds what is out of order. */
import '../../src/define/ai-artifact-panel.js';
import '../../src/define/ai-image.js';
import '../../src/define/ai-markdown.js';
import '../../src/define/ai-stream-chat.js';
import type { Message } from '../../src/message.js';

/** What ends a sentence. */
const END = /[.?!…]$/;

/**
 * The sentences in left-to-right script below `root`, seen or told, whose last sign stands before their first letter, as
 * it does where they take the direction of a page in another script.
 */
function turnedSentences(root: Node): string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const turned: string[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = (node as Text).data.trimEnd();
    if (END.test(text) && /^\s*[A-Za-z]/.test(text) && isTurned(node as Text, text.length)) turned.push(text.trim());
  }
  return turned;
}

/** The last sign stands left of the letter before it. */
function isTurned(node: Text, length: number): boolean {
  const [letter, sign] = [length - 2, length - 1].map((at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  });
  return letter!.width > 0 && sign!.left < letter!.left;
}

const pause = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

function inPage<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
  document.documentElement.dir = 'rtl';
  document.body.replaceChildren();
  return document.body.appendChild(document.createElement(tag));
}

/** Every element that says something, in a state where it does. */
const STATES: Record<string, () => Element | Promise<Element>> = {
  'a picture that has expired': () => {
    const image = inPage('ai-image');
    image.src = 'https://pictures.test/a.png';
    image.alt = 'A fox.';
    image.expiresAt = '2020-01-01T00:00:00Z';
    return image;
  },
  'the step before a link': async () => {
    const markdown = inPage('ai-markdown');
    markdown.value = '[https://bank.test](https://evil.test/)';
    await markdown.updateComplete;
    markdown.shadowRoot!.querySelector('a')!.click();
    return markdown;
  },
  'a panel with nothing in it': () => {
    const panel = inPage('ai-artifact-panel');
    panel.open = true;
    return panel;
  },
  'a panel with an artifact that was stopped': () => {
    const panel = inPage('ai-artifact-panel');
    panel.style.blockSize = '20rem';
    panel.run = 'never';
    panel.apply({ type: 'artifact-start', id: 'a', kind: 'html', title: 'What is it?' });
    panel.apply({ type: 'artifact-delta', id: 'a', delta: '<p>x' });
    panel.apply({ type: 'artifact-end', id: 'a', status: 'stopped' });
    panel.open = true;
    return panel;
  },
  'a chat': () => {
    const chat = inPage('ai-stream-chat');
    const parts: Message['parts'] = [
      { type: 'text', text: 'Said.', state: 'done' },
      {
        type: 'dynamic-tool',
        toolName: 'mail',
        toolCallId: 't',
        state: 'approval-requested',
        input: {},
        approval: { id: 'a' },
      },
    ];
    chat.suggestions = ['What is it?'];
    chat.messages = [{ id: 'm', role: 'assistant', parts, metadata: { finishReason: 'length' } }];
    return chat;
  },
};

/** How many sentences were looked at, and which of them are out of order. */
async function turned(state: string): Promise<{ read: number; turned: string[] }> {
  const element = await STATES[state]!();
  await pause(800);
  const roots = [element.shadowRoot!, ...shadowRootsIn(element.shadowRoot!)];
  const said = roots.flatMap((root) => [...root.querySelectorAll('*')]).filter((each) => END.test(ownText(each)));
  return { read: said.length, turned: roots.flatMap(turnedSentences) };
}

function shadowRootsIn(root: ShadowRoot): ShadowRoot[] {
  const inner = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []);
  return inner.concat(...inner.map(shadowRootsIn));
}

function ownText(element: Element): string {
  return [...element.childNodes]
    .map((node) => (node instanceof Text ? node.data : ''))
    .join('')
    .trim();
}

Object.assign(globalThis, { turned, states: Object.keys(STATES) });
