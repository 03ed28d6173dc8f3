import { expect } from '@open-wc/testing';
import type { LitElement } from 'lit';
import '../../src/index.js';
import type { AiArtifactPanel, AiMarkdown, AiStreamChat } from '../../src/index.js';
import type { Message } from '../../src/core.js';
import { FocusGuard } from '../../src/artifact/preview/frame/focus-guard.js';
import { selectedRange } from '../../src/element/selected-range.js';
import { copyText } from '../../src/element/take-away.js';
import { copyPicture } from '../../src/image/bytes/picture-export.js';
import { imageStrings } from '../../src/image/image-strings.js';
import { PictureViewer } from '../../src/image/viewer/picture-viewer.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { button, until } from '../chat/chat-fixture.js';

const TAGS = ['ai-stream-chat', 'ai-markdown', 'ai-artifact-panel', 'ai-image', 'ai-stream-inspector'] as const;

function create(tag: (typeof TAGS)[number]): LitElement {
  const element = document.createElement(tag) as LitElement;
  element.toggleAttribute('open', true);
  return element;
}

async function put(element: LitElement, place: Element): Promise<void> {
  place.append(element);
  await element.updateComplete;
}

/** How many rules each sheet of an element has, in the order that counts. */
const rulesOf = ({ shadowRoot }: LitElement): number[] =>
  shadowRoot!.adoptedStyleSheets.map(({ cssRules }) => cssRules.length);

// What was hidden and is shown again has new sizes, which a browser says that it tells with the next frame.
function ignoreSizes(event: ErrorEvent): void {
  if (event.message.startsWith('ResizeObserver loop')) event.stopImmediatePropagation();
}
addEventListener('error', ignoreSizes, { capture: true });

describe('in another document, as of a window of its own', () => {
  let frame: HTMLIFrameElement;
  const errors: unknown[] = [];
  const note = ({ reason }: PromiseRejectionEvent) => errors.push(reason);
  beforeEach(() => {
    addEventListener('unhandledrejection', note);
    frame = document.createElement('iframe');
    frame.hidden = document.body.hidden = true;
    document.body.append(frame);
  });
  afterEach(() => {
    removeEventListener('unhandledrejection', note);
    document.body.replaceChildren();
    document.body.hidden = false;
    expect(errors).to.deep.equal([]);
  });

  for (const tag of TAGS) {
    it(`<${tag}> keeps its styles when it is moved there, and back`, async () => {
      const element = create(tag);
      await put(element, document.body);
      const rules = rulesOf(element);
      expect(rules).not.to.deep.equal([]);
      await put(element, frame.contentDocument!.body);
      expect(rulesOf(element)).to.deep.equal(rules);
      await put(element, document.body);
      expect(rulesOf(element)).to.deep.equal(rules);
    });

    it(`<${tag}> has them when that is where it is first shown`, async () => {
      const here = create(tag);
      await put(here, document.body);
      const there = create(tag);
      await put(there, frame.contentDocument!.body);
      expect(rulesOf(there)).to.deep.equal(rulesOf(here));
    });
  }
});

const CODE = '```js\nlet a;\n```';

describe('in another document that is shown', () => {
  let body: HTMLElement;
  beforeEach(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    ({ body } = frame.contentDocument!);
  });
  afterEach(() => document.body.replaceChildren());

  const artifact = { id: 'x', kind: 'code', content: 'let a', status: 'complete' };
  const written: Message[] = [
    { id: 'm', role: 'assistant', parts: [{ type: 'data-artifact', id: 'x', data: artifact } as never] },
  ];

  it('a panel finds the chat that it is for', async () => {
    const chat = Object.assign(document.createElement('ai-stream-chat'), { id: 'chat', messages: written });
    const panel = Object.assign(document.createElement('ai-artifact-panel') as AiArtifactPanel, { for: 'chat' });
    body.append(chat, panel);
    await panel.updateComplete;
    expect(panel.artifacts.map(({ id }) => id)).to.deep.equal(['x']);
  });

  it('a panel is resized as what it is there: a sheet, where that is narrow', async () => {
    const panel = Object.assign(document.createElement('ai-artifact-panel') as AiArtifactPanel, { open: true });
    const side = () => panel.shadowRoot!.querySelector('[part=resizer]')!.getAttribute('aria-orientation');
    await put(panel, document.body);
    expect(side()).to.equal('vertical');
    await put(panel, body);
    expect(side()).to.equal('horizontal');
    await put(panel, document.body);
    expect(side()).to.equal('vertical');
  });

  it('a preview runs', async () => {
    const panel = document.createElement('ai-artifact-panel') as AiArtifactPanel;
    const heard: string[] = [];
    panel.addEventListener('ai-artifact-console', (event) => heard.push(...event.args));
    panel.apply({ type: 'artifact-start', id: 'x', kind: 'html' });
    panel.apply({ type: 'artifact-delta', id: 'x', delta: '<script>console.log("ran")</script>' });
    panel.apply({ type: 'artifact-end', id: 'x', status: 'complete' });
    await put(panel, body);
    panel.show('x');
    await until(() => heard.includes('ran'));
  });

  it('a link outside is opened by the window in which the reader has clicked', async () => {
    const settings = { linkHosts: 'a.test', value: '[x](https://x.test)' };
    const element = Object.assign(document.createElement('ai-markdown') as AiMarkdown, settings);
    await put(element, body);
    const opened: unknown[] = [];
    body.ownerDocument.defaultView!.open = (url) => (opened.push(url), null);
    element.shadowRoot!.querySelector('a')!.click();
    await until(() => element.shadowRoot!.querySelector('dialog') !== null);
    [...element.shadowRoot!.querySelectorAll('dialog button')].at(-1)!.dispatchEvent(new MouseEvent('click'));
    expect(opened).to.deep.equal(['https://x.test/']);
  });

  it('code has its colours, also where it had them before it was moved there', async () => {
    const keywords = (view: typeof globalThis, { shadowRoot }: AiMarkdown) =>
      [...(view.CSS.highlights.get('ai-code-keyword') ?? [])].filter(
        ({ startContainer }) => startContainer.getRootNode() === shadowRoot,
      ).length;
    const view = body.ownerDocument.defaultView as Window & typeof globalThis;
    const create = () => Object.assign(document.createElement('ai-markdown') as AiMarkdown, { value: CODE });
    const [there, moved] = [create(), create()];
    await put(there, body);
    await until(() => keywords(view, there) === 1);
    await put(moved, document.body);
    await until(() => keywords(window, moved) === 1);
    await put(moved, body);
    expect(keywords(view, moved)).to.equal(1);
  });

  it('the focus stays in a chat when what had it goes away', async () => {
    const response = new ScriptedResponse();
    const chat = document.createElement('ai-stream-chat') as AiStreamChat;
    Object.assign(chat, { endpoint: '/chat', fetch: scriptedFetch(response), suggestions: ['Why?'] });
    await put(chat, body);
    button(chat, 'Why?').focus();
    button(chat, 'Why?').click();
    await until(() => chat.messages.length === 1 && chat.shadowRoot!.querySelector('[part~=suggestion]') === null);
    await until(() => chat.shadowRoot!.activeElement !== null);
    chat.stop();
  });

  /** A chat there that asks, and whose answer has begun. */
  async function asking(): Promise<{ chat: AiStreamChat; response: ScriptedResponse; answer: Promise<Message> }> {
    const response = new ScriptedResponse();
    const chat = document.createElement('ai-stream-chat') as AiStreamChat;
    Object.assign(chat, { endpoint: '/chat', fetch: scriptedFetch(response) });
    await put(chat, body);
    const answer = chat.send('Go');
    response.send({ text: 'One ' });
    await until(() => chat.messages.length === 2);
    return { chat, response, answer };
  }

  it('an answer is drawn and followed while the page has no frames, as one in a hidden tab', async () => {
    const { requestAnimationFrame, ResizeObserver } = window;
    // None is on its way, either.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    window.requestAnimationFrame = () => 0;
    window.ResizeObserver = class extends ResizeObserver {
      override observe(): void {}
    };
    try {
      const { chat, response } = await asking();
      response.send({ text: `${'line\n\n'.repeat(100)}~~~\n${'wide '.repeat(500)}\n~~~\n` });
      const thread = chat.shadowRoot!.querySelector('[part~=thread]')!;
      await until(() => thread.textContent!.split('line').length > 100);
      await until(() => thread.scrollTop + thread.clientHeight > thread.scrollHeight - 16);
      // What is wider than its place can be reached by keyboard.
      await until(() => thread.querySelector('pre')?.tabIndex === 0);
      expect(chat.session.status).to.equal('streaming');
      chat.stop();
    } finally {
      Object.assign(window, { requestAnimationFrame, ResizeObserver });
    }
  });

  it('an answer goes on where that document is closed', async () => {
    const { chat, response, answer } = await asking();
    document.body.replaceChildren();
    response.send({ text: 'two ' }, { text: 'three' });
    response.write('data: [DONE]\n\n');
    response.close();
    await answer;
    document.body.append(chat);
    await until(() => chat.shadowRoot!.textContent!.includes('One two three'));
  });

  it('is copied from there, where the focus is', async () => {
    const { defaultView } = body.ownerDocument;
    const copied: string[] = [];
    const writeText = async (text: string) => void copied.push(text);
    Object.defineProperty(defaultView!.navigator, 'clipboard', { value: { writeText } });
    const place = document.createElement('button');
    body.append(place);
    expect(await copyText('words', place)).to.equal(true);
    expect(copied).to.deep.equal(['words']);
  });

  it('a picture is copied from there, too', async () => {
    const { navigator, Image } = body.ownerDocument.defaultView as Window & typeof globalThis;
    const copied: string[] = [];
    const write = async ([item]: ClipboardItem[]) => void copied.push(...item!.types);
    Object.defineProperty(navigator, 'clipboard', { value: { write } });
    await copyPicture(async () => new Blob([], { type: 'image/png' }), new Image());
    expect(copied).to.deep.equal(['image/png']);
  });

  it('a selection stays in an item whose list turns loose', async () => {
    const element = document.createElement('ai-markdown') as AiMarkdown;
    await put(element, body);
    element.write('- Some words\n');
    await until(() => element.shadowRoot!.querySelector('li') !== null);
    const text = element.shadowRoot!.querySelector('li')!.firstChild as Text;
    const selection = body.ownerDocument.getSelection()!;
    selection.setBaseAndExtent(text, 5, text, 10);
    element.write('- next\n\n- more');
    await element.end();
    expect(element.shadowRoot!.querySelector('li > p')!.firstChild).to.equal(text);
    const { startContainer, startOffset, endOffset } = selectedRange(element.shadowRoot!)!;
    expect([startContainer, startOffset, endOffset]).to.deep.equal([text, 5, 10]);
  });

  it('a picture that is looked at takes the keys of its own window', async () => {
    const { defaultView } = body.ownerDocument;
    const looked: string[] = [];
    const picture = (alt: string) => ({
      alt,
      view: async () => (looked.push(alt), { node: new Image(), release() {} }) as never,
      copy: async () => '',
      download: async () => '',
    });
    const viewer = new PictureViewer([picture('one'), picture('two')], 0, imageStrings);
    const closed = viewer.open(body);
    defaultView!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
    dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
    await until(() => looked.length > 1);
    viewer.close();
    await closed;
    expect(looked).to.deep.equal(['one', 'two']);
  });

  it('a preview that takes the focus there gives it back', async () => {
    const { defaultView } = body.ownerDocument;
    const [input, inner] = [document.createElement('input'), document.createElement('iframe')];
    body.append(input, inner);
    input.focus();
    const guard = new FocusGuard(inner);
    inner.focus();
    defaultView!.dispatchEvent(new Event('blur'));
    expect(body.ownerDocument.activeElement).to.equal(input);
    guard.destroy();
  });

  it('a selection is copied as markdown', async () => {
    const element = Object.assign(document.createElement('ai-markdown') as AiMarkdown, { value: 'Some **bold**' });
    await put(element, body);
    const content = element.shadowRoot!.querySelector('.markdown')!;
    body.ownerDocument.getSelection()!.setBaseAndExtent(content, 0, content, content.childNodes.length);
    const clipboardData = new DataTransfer();
    const copy = new ClipboardEvent('copy', { clipboardData, bubbles: true, composed: true, cancelable: true });
    content.firstElementChild!.dispatchEvent(copy);
    expect(clipboardData.getData('text/plain')).to.equal('Some **bold**');
  });
});
