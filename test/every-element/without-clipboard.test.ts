import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/index.js';
import { ScriptedSession, delta, end, eventually, shown, start } from '../artifact/panel-fixture.js';
import type { AiArtifactPanel, AiMarkdown, AiStreamChat, AiStreamInspector } from '../../src/index.js';

/** What the clipboard was given last: what was selected, and by which element. */
let copied: string | undefined;

const note = (event: Event): void => {
  const [source] = event.composedPath();
  copied = source instanceof HTMLTextAreaElement ? source.value : undefined;
};

beforeEach(() => {
  copied = undefined;
  const writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
  document.addEventListener('copy', note, { capture: true });
});
afterEach(() => {
  delete (navigator as { clipboard?: unknown }).clipboard;
  document.removeEventListener('copy', note, { capture: true });
});

const buttonIn = (host: Element, name: string): Promise<HTMLElement> =>
  eventually(() => {
    const buttons = [...host.shadowRoot!.querySelectorAll('button')];
    return buttons.find(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).trim() === name);
  }, name);

async function chat(place: Element): Promise<HTMLElement> {
  const element = document.createElement('ai-stream-chat') as AiStreamChat;
  element.messages = [{ id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'An answer' }] }];
  place.append(element);
  return buttonIn(element, 'Copy');
}

async function markdown(place: Element): Promise<HTMLElement> {
  const element = document.createElement('ai-markdown') as AiMarkdown;
  element.value = '```\nAn answer\n```';
  place.append(element);
  await element.updateComplete;
  return element.shadowRoot!.querySelector<HTMLElement>('[data-action=copy]')!;
}

async function panel(place: Element): Promise<HTMLElement> {
  const session = new ScriptedSession();
  const element = document.createElement('ai-artifact-panel') as AiArtifactPanel;
  element.session = session as never;
  place.append(element);
  session.receive('m', start('a', 'code'), delta('a', 'An answer'), end('a'));
  element.show('a');
  await shown(element);
  return buttonIn(element, 'Copy');
}

async function inspector(place: Element): Promise<HTMLElement> {
  const element = document.createElement('ai-stream-inspector') as AiStreamInspector;
  place.append(element);
  return buttonIn(element, 'Copy all');
}

async function modal(): Promise<Element> {
  const dialog = await fixture<HTMLDialogElement>(html`<dialog></dialog>`);
  dialog.showModal();
  return dialog;
}

async function closedRoot(): Promise<Element> {
  const host = await fixture(html`<div></div>`);
  const place = document.createElement('div');
  host.attachShadow({ mode: 'closed' }).append(place);
  return place;
}

const focusAround = (element: Element): Element | null => (element.getRootNode() as ShadowRoot).activeElement;

async function press(button: HTMLElement): Promise<void> {
  button.focus();
  await sendKeys({ press: 'Enter' });
  await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('where the clipboard is refused, the button for copying', () => {
  for (const [name, make] of Object.entries({ chat, markdown, panel, inspector })) {
    it(`of a ${name} copies in a dialog that is modal`, async () => {
      await press(await make(await modal()));
      // There is nothing that an inspector could have copied.
      expect(copied).to.equal(name === 'inspector' ? '' : 'An answer');
    });

    it(`of a ${name} keeps the focus in a closed root`, async () => {
      const button = await make(await closedRoot());
      await press(button);
      expect(focusAround(button)).to.equal(button);
    });
  }
});
