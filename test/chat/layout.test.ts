import { aTimeout, expect } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { AiImage } from '../../src/define/ai-image.js';
import '../../src/define/ai-image.js';
import type { Message } from '../../src/core.js';
import { contrast } from '../support/contrast.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, one, shown } from './chat-fixture.js';

const LONG: Message[] = Array.from({ length: 20 }, (_, index) => ({
  id: `m${index}`,
  role: index % 2 ? 'assistant' : 'user',
  parts: [{ type: 'text', text: `Message ${index}. ${'Many words. '.repeat(60)}` }],
}));

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

/** A chat that is higher than its box by far, when all of it has been laid out. */
async function longChat(): Promise<AiStreamChat> {
  const chat = await chatWith(scriptedFetch());
  chat.style.setProperty('--ai-chat-height', '20rem');
  chat.messages = LONG;
  await shown(chat);
  await aTimeout(100);
  return chat;
}

describe('the box of a chat', () => {
  afterEach(() => emulateMedia({ media: 'screen' }));

  it('keeps its thread to itself: the page is no longer for it', async () => {
    const chat = await longChat();
    const { bottom } = chat.getBoundingClientRect();
    expect(one(chat, '.scroller').scrollHeight).to.be.greaterThan(2000);
    expect(document.documentElement.scrollHeight).to.be.at.most(Math.max(bottom + scrollY + 40, innerHeight));
  });

  it('is as high as its thread on paper, without what one presses', async () => {
    const chat = await longChat();
    await emulateMedia({ media: 'print' });
    const { top, bottom } = chat.getBoundingClientRect();
    const articles = all(chat, 'article').map((article) => article.getBoundingClientRect());
    expect(articles.every((box) => box.height > 50 && box.top >= top && box.bottom <= bottom)).to.equal(true);
    expect(all(chat, 'button, textarea').filter((each) => each.checkVisibility())).to.deep.equal([]);
  });

  for (const scheme of ['light', 'dark'])
    it(`has an edge around its text field that can be seen, ${scheme}`, async () => {
      const chat = await chatWith(scriptedFetch());
      chat.style.colorScheme = scheme;
      const { borderTopColor, backgroundColor } = getComputedStyle(one(chat, 'form'));
      expect(contrast(borderTopColor, backgroundColor)).to.be.at.least(3);
      expect(contrast(borderTopColor, getComputedStyle(chat).backgroundColor)).to.be.at.least(3);
    });

  it('moves nothing when the answer begins: its first word stands where the work was told', async () => {
    const script = new ScriptedResponse();
    const chat = await chatWith(scriptedFetch(script));
    void chat.send('Hi');
    await shown(chat);
    const { top } = one(chat, '[part~="working"]').getBoundingClientRect();
    script.send({ text: 'Hello' });
    await shown(chat);
    expect(one(chat, '[part~="assistant"]').getBoundingClientRect().top).to.be.closeTo(top, 1);
    chat.stop();
  });

  it('keeps the mark of what can be unfolded beside a long name', async () => {
    const parts = ['x', 'Donaudampfschifffahrtsgesellschaft'.repeat(9)].map((title, at) => ({
      type: 'tool-f',
      title,
      toolCallId: `${at}`,
      state: 'output-available',
      input: {},
    }));
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'a', role: 'assistant', parts }] as Message[] });
    const [short, long] = all(chat, 'summary').map((each) => getComputedStyle(each, '::after').width);
    expect(long).to.equal(short);
  });

  for (const [dir, side] of [
    ['ltr', 'right'],
    ['rtl', 'left'],
  ] as const)
    it(`shows what the reader sent at the reader’s side, and a picture at its own size beside a short word, ${dir}`, async () => {
      const picture = { type: 'data-image', id: 'i', data: { url: PIXEL, alt: 'A', width: 240, height: 160 } };
      const file = { type: 'file', url: `${location.origin}/a.pdf`, mediaType: 'application/pdf', filename: 'a.pdf' };
      const parts = [{ type: 'text', text: 'Hi' }, picture, file];
      const chat = await chatWith(scriptedFetch(), { dir, messages: [{ id: 'q', role: 'user', parts }] as Message[] });
      await one<AiImage>(chat, 'ai-image').updateComplete;
      const image = one(chat, 'ai-image').shadowRoot!.querySelector('.box')!.getBoundingClientRect();
      const [text, link] = ['.plain', '[part=file] a'].map((name) => one(chat, name).getBoundingClientRect());
      expect([image.width, image.height]).to.deep.equal([240, 160]);
      expect(text!.width).to.be.lessThan(60);
      for (const box of [image, link!]) expect(box[side]).to.be.closeTo(text![side], 1);
    });

  it('asks for a tool beside its sign, also where that takes two lines', async () => {
    const call = { type: 'tool-f', title: 'search of the archive '.repeat(9), toolCallId: 't', input: {} };
    const parts = [{ ...call, state: 'approval-requested', approval: { id: 'p' } }];
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'a', role: 'assistant', parts }] as Message[] });
    const [sign, words] = ['.icon', 'bdi'].map((name) => one(chat, `.approval ${name}`).getBoundingClientRect());
    expect(words!.height).to.be.greaterThan(40);
    expect(words!.top).to.be.lessThan(sign!.bottom);
  });

  it('has the time that is left beside the button, below what the service says', async () => {
    const said = JSON.stringify({ error: { message: 'You have used all requests of this minute. '.repeat(4) } });
    const headers = { 'retry-after': '75', 'content-type': 'application/json' };
    const chat = await chatWith(scriptedFetch(new Response(said, { status: 429, headers })));
    await chat.send('Hi').catch(() => {});
    await shown(chat);
    const boxes = ['[role=alert]', '.wait', '.choice'].map((name) => one(chat, `.error ${name}`));
    const [words, wait, button] = boxes.map((each) => each.getBoundingClientRect());
    expect(wait!.top).to.be.at.least(words!.bottom);
    expect(button!.top).to.be.lessThan(wait!.bottom);
  });

  it('sets a suggestion of two lines as text', async () => {
    const chat = await chatWith(scriptedFetch(), { suggestions: ['A long question to begin with '.repeat(9)] });
    const { textAlign, borderTopLeftRadius } = getComputedStyle(one(chat, '.suggestion'));
    expect([textAlign, borderTopLeftRadius]).to.deep.equal(['start', '24px']);
  });

  it('is followed to a source wherever the box of its name is pressed', async () => {
    const parts = [`${location.origin}/one`, 'https://elsewhere.example/two'].map((url) => ({
      type: 'source-url',
      sourceId: url,
      url,
      title: 'A name',
    }));
    const chat = await chatWith(scriptedFetch(), { messages: [{ id: 'a', role: 'assistant', parts }] as Message[] });
    for (const link of all(chat, '.sources a')) {
      const [own, box] = [link.getBoundingClientRect(), link.parentElement!.getBoundingClientRect()];
      expect([own.width, own.height]).to.deep.equal([box.width - 2, box.height - 2]);
    }
  });

  it('keeps a long source within a narrow thread', async () => {
    const source = {
      type: 'source-url',
      sourceId: 's',
      url: `${location.origin}/one`,
      title: 'A long name '.repeat(9),
    };
    const messages = [{ id: 'a', role: 'assistant', parts: [source] }] as Message[];
    const chat = await chatWith(scriptedFetch(), { messages });
    chat.style.inlineSize = '12rem';
    const { clientWidth, scrollWidth } = one(chat, '.scroller');
    expect(scrollWidth).to.equal(clientWidth);
    const [link, list] = ['.sources a', '.sources ol'].map((name) => one(chat, name).getBoundingClientRect());
    expect(link!.right).to.be.at.most(list!.right);
  });

  it('cuts no ring off: the buttons below a message stand out at its side', async () => {
    const chat = await longChat();
    await sendKeys({ press: 'Tab' });
    for (const copy of all(chat, '[data-action=copy]')) {
      copy.focus();
      const { outlineOffset, outlineWidth } = getComputedStyle(copy);
      const ring = parseFloat(outlineOffset) + parseFloat(outlineWidth);
      const article = copy.closest('article')!;
      const [own, around] = [copy.getBoundingClientRect(), article.getBoundingClientRect()];
      const out = Math.max(around.left - own.left, own.right - around.right) + ring;
      expect(parseFloat(getComputedStyle(article).overflowClipMargin)).to.be.at.least(out);
    }
  });
});
