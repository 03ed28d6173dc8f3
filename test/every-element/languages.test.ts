import { expect, fixture, fixtureCleanup, html } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { AiEventEvent, locales } from '../../src/index.js';
import type { AiMarkdown, AiStreamChat } from '../../src/index.js';
import '../../src/locales/de.js';

const MARKDOWN = '```js\nlet a\n```\n\n| a |\n|---|\n| 1 |\n\n- [x] done\n\n> [!NOTE]\n> x\n\n[a.test](https://b.test)';
const MESSAGES = [
  { id: 'q', role: 'user', parts: [{ type: 'text', text: 'Question' }] },
  { id: 'a', role: 'assistant', parts: [{ type: 'text', text: MARKDOWN }] },
];

const ELEMENTS: Record<string, [given: object, german: string[], english: string]> = {
  'ai-markdown': [
    { value: MARKDOWN },
    ['Code kopieren, js', 'Tabelle als CSV kopieren', 'Erledigt', 'Hinweis'],
    'Copy code',
  ],
  'ai-stream-chat': [
    { messages: MESSAGES },
    ['Nachricht schreiben', 'Senden', 'Sie', 'Code kopieren, js', 'Neu antworten'],
    'Write a message',
  ],
  'ai-artifact-panel': [{ open: true }, ['Noch ist nichts da.', 'Vollbild', 'Schließen'], 'Nothing here yet'],
  'ai-image': [{ src: 'javascript:1', alt: 'A' }, ['Dieses Bild hat eine Adresse'], 'This image'],
  'ai-stream-inspector': [{}, ['Anfragen', 'Aufzeichnen', 'Noch ist nichts gekommen.'], 'Requests'],
};

/** All that an element says, shown or to assistive technology. */
function said(element: Element): string {
  const labels = [...element.shadowRoot!.querySelectorAll('[aria-label], [title], [placeholder]')];
  const named = labels.map((one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name)));
  return JSON.stringify([element.shadowRoot!.textContent!.replace(/\s+/g, ' '), named]);
}

async function placed<Type extends LitElement>(tag: string, given: object, around: Element): Promise<Type> {
  const element = Object.assign(document.createElement(tag) as Type, given);
  around.append(element);
  await settled(element);
  return element;
}

/** What shows some of them is loaded when the first is there. */
async function settled(element: LitElement): Promise<void> {
  await element.updateComplete;
  await new Promise((resolve) => setTimeout(resolve, 50));
  await element.updateComplete;
}

const inLanguage = (language: string) => fixture<HTMLElement>(html`<div lang=${language}></div>`);

describe('the language of an element', () => {
  after(() => document.documentElement.removeAttribute('lang'));

  for (const [tag, [given, german, english]] of Object.entries(ELEMENTS)) {
    it(`is that of the nearest lang around <${tag}>`, async () => {
      const words = said(await placed(tag, given, await inLanguage('de')));
      for (const word of german) expect(words).to.include(word);
      expect(words).not.to.include(english);
      expect(said(await placed(tag, given, await inLanguage('en')))).to.include(english);
    });

    it(`follows where <${tag}> is moved`, async () => {
      const element = await placed(tag, given, await inLanguage('en'));
      (await inLanguage('de-AT')).append(element);
      await settled(element);
      for (const word of german) expect(said(element)).to.include(word);
    });
  }

  it('is its own where it has one, and changes with it', async () => {
    const chat = await placed('ai-stream-chat', { lang: 'de' }, await inLanguage('en'));
    expect(said(chat)).to.include('Nachricht schreiben');
    chat.lang = 'en';
    await settled(chat);
    expect(said(chat)).to.include('Write a message');
  });

  it('changes where the host’s words are nothing', async () => {
    for (const strings of [undefined, null, {}]) {
      const chat = await placed('ai-stream-chat', { lang: 'en', strings }, await inLanguage('en'));
      chat.lang = 'de';
      await settled(chat);
      expect(said(chat), String(strings)).to.include('Nachricht schreiben');
    }
  });

  it('is English where none is known, where none is named, and for what is no language', async () => {
    for (const language of ['sv', '', 'x_y z', 'dex'])
      expect(said(await placed('ai-stream-chat', {}, await inLanguage(language)))).to.include('Write a message');
  });

  it('comes out of a shadow tree by its host', async () => {
    const host = (await inLanguage('de')).appendChild(document.createElement('section'));
    const root = host.attachShadow({ mode: 'open' });
    const chat = document.createElement('ai-stream-chat');
    root.append(chat);
    await settled(chat);
    expect(said(chat)).to.include('Nachricht schreiben');
  });

  it('is the page’s, and changes with it; what the reader has begun stays', async () => {
    const chat = await placed<AiStreamChat>('ai-stream-chat', { messages: MESSAGES }, await fixture(html`<div></div>`));
    const field = chat.shadowRoot!.querySelector('textarea')!;
    field.value = 'Half a question';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus();
    expect(said(chat)).to.include('Write a message');
    document.documentElement.lang = 'de';
    await settled(chat);
    expect(said(chat)).to.include('Code kopieren, js');
    expect(said(chat)).to.include('Nachricht schreiben');
    expect(chat.shadowRoot!.activeElement).to.equal(field);
    expect(field.value).to.equal('Half a question');
    document.documentElement.removeAttribute('lang');
    await settled(chat);
    expect(said(chat)).to.include('Write a message');
  });

  it('follows a lang that changes anywhere around it, and draws nothing for one beside it', async () => {
    const around = await inLanguage('en');
    const host = around.appendChild(document.createElement('section'));
    const within = document.createElement('div');
    host.attachShadow({ mode: 'open' }).append(within);
    const chat = await placed('ai-stream-chat', {}, within);
    const beside = document.body.appendChild(document.createElement('p'));
    let drawn = 0;
    const { updated } = chat as unknown as { updated(changed: Map<PropertyKey, unknown>): void };
    Object.assign(chat, { updated: (changed: Map<PropertyKey, unknown>) => (drawn++, updated.call(chat, changed)) });
    beside.lang = 'de';
    await settled(chat);
    expect(drawn).to.equal(0);
    around.lang = 'de';
    await settled(chat);
    expect(said(chat)).to.include('Nachricht schreiben');
    within.lang = 'en';
    await settled(chat);
    expect(said(chat)).to.include('Write a message');
    beside.remove();
  });

  it('is that of the page in a shadow tree of another window, and nothing in a link that is nowhere', async () => {
    const around = await inLanguage('de');
    const frame = around.appendChild(document.createElement('iframe'));
    const inner = frame.contentDocument!;
    inner.documentElement.lang = 'de';
    const link = document.createElement('a');
    link.href = 'https://a.test';
    const host = inner.body.appendChild(inner.createElement('div'));
    const chat = document.createElement('ai-stream-chat') as AiStreamChat;
    host.attachShadow({ mode: 'open' }).append(chat);
    await settled(chat);
    expect(said(chat)).to.include('Nachricht schreiben');
    link.append(chat);
    chat.strings = { send: 'Go' };
    await settled(chat);
    expect(said(chat)).to.include('Write a message').and.to.include('Go');
  });

  it('is nothing to an element that has left, and nothing watches where none is left', async () => {
    fixtureCleanup();
    const { observe, disconnect } = MutationObserver.prototype;
    const watching = new Set<MutationObserver>();
    MutationObserver.prototype.observe = function (target, options): void {
      if (options?.attributeFilter?.includes('lang')) watching.add(this);
      observe.call(this, target, options);
    };
    MutationObserver.prototype.disconnect = function (): void {
      watching.delete(this);
      disconnect.call(this);
    };
    const text = await placed<AiMarkdown>('ai-markdown', { value: 'a' }, await inLanguage('la'));
    expect(watching.size).to.equal(1);
    text.remove();
    expect(watching.size).to.equal(0);
    Object.assign(MutationObserver.prototype, { observe, disconnect });
    await text.updateComplete;
    locales.register({ language: 'la', markdown: { note: 'Nota bene' } });
    expect(text.isUpdatePending).to.equal(false);
  });

  it('reaches what is there already when it is added', async () => {
    const chat = await placed('ai-stream-chat', { messages: MESSAGES }, await inLanguage('eo'));
    const text = await placed('ai-markdown', { value: MARKDOWN }, await inLanguage('eo'));
    locales.register({
      language: 'eo',
      chat: { placeholder: 'Skribu mesaĝon' },
      markdown: { copyCode: () => 'Kopiu la kodon' },
    });
    await Promise.all([settled(chat), settled(text)]);
    expect(said(chat)).to.include('Skribu mesaĝon').and.to.include('Kopiu la kodon');
    expect(said(text)).to.include('Kopiu la kodon');
    // What it does not have is said in English.
    expect(said(chat)).to.include('Send').and.to.include('Copy table as CSV');
  });

  it('is in the reader’s script, and of the region where that is known', async () => {
    locales.register({ language: 'sr', chat: { placeholder: 'Напишите поруку' } });
    locales.register({ language: 'pt', chat: { placeholder: 'Escreva uma mensagem' } });
    locales.register({ language: 'pt-PT', chat: { placeholder: 'Escreva-nos uma mensagem' } });
    const wanted = {
      'sr-RS': 'Напишите поруку',
      'sr-Latn': 'Write a message',
      'pt-BR': 'Escreva uma mensagem',
      'pt-PT': 'Escreva-nos uma mensagem',
      'pt-AO': 'Escreva uma mensagem',
    };
    for (const [language, words] of Object.entries(wanted))
      expect(said(await placed('ai-stream-chat', {}, await inLanguage(language))), language).to.include(`"${words}"`);
  });

  it('is that of the very tag, where the one for all of the language is known, too', async () => {
    const words = { 'nn-NO': 'Skriv til oss', 'fo-DK': 'Skriva til okkum', fo: 'Skriva boð', nn: 'Skriv ei melding' };
    for (const [language, placeholder] of Object.entries(words)) locales.register({ language, chat: { placeholder } });
    for (const [language, placeholder] of Object.entries({
      ...words,
      'fo-FO': words.fo,
      'nn-NO-u-nu-latn': words['nn-NO'],
    }))
      expect(said(await placed('ai-stream-chat', {}, await inLanguage(language))), language).to.include(placeholder);
    // In whatever order they were added.
    locales.register({ language: 'de-DE', chat: { placeholder: 'Schreib uns' } });
    expect(said(await placed('ai-stream-chat', {}, await inLanguage('de-DE')))).to.include('Schreib uns');
    for (const language of ['de', 'de-AT'])
      expect(said(await placed('ai-stream-chat', {}, await inLanguage(language)))).to.include('Nachricht schreiben');
  });

  it('yields to words of the host, one by one', async () => {
    const strings = { send: 'Los', markdown: { wrapCode: 'Umbruch' } };
    const words = said(await placed('ai-stream-chat', { messages: MESSAGES, strings }, await inLanguage('de')));
    for (const word of ['Los', 'Umbruch', 'Nachricht schreiben', 'Code kopieren, js']) expect(words).to.include(word);
    expect(words).not.to.include('Senden');
  });

  it('leaves rendered text alone that says the same as before', async () => {
    const text = await placed('ai-markdown', { value: MARKDOWN }, await inLanguage('de'));
    const first = text.shadowRoot!.querySelector('table');
    locales.register({ language: 'la', markdown: { note: 'Nota' } });
    (await inLanguage('de')).append(text);
    await settled(text);
    expect(text.shadowRoot!.querySelector('table')).to.equal(first);
  });

  it('has no English sentence for a tool of which nothing is said but that it failed', async () => {
    const chat = await placed<AiStreamChat>('ai-stream-chat', {}, await inLanguage('de'));
    const events = [
      { type: 'tool-input-available', toolCallId: '1', toolName: 'weather', input: {} },
      { type: 'tool-output-error', toolCallId: '1', errorText: 'The tool failed.' },
      { type: 'tool-input-available', toolCallId: '2', toolName: 'news', input: {} },
      { type: 'tool-output-error', toolCallId: '2', errorText: 'No such town.' },
      { type: 'finish' },
    ];
    const answer = new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), {
      headers: { 'content-type': 'text/event-stream' },
    });
    await chat.consume(answer, { protocol: 'ai-sdk' });
    await settled(chat);
    expect(said(chat)).to.include('weather ist fehlgeschlagen').and.to.include('No such town.');
    expect(said(chat)).not.to.include('The tool failed.');
  });

  it('is looked up once for all that an inspector lists', async () => {
    const inspector = await placed('ai-stream-inspector', {}, await inLanguage('de-LI'));
    for (let index = 0; index < 200; index += 1)
      document.dispatchEvent(new AiEventEvent({ name: 'message', data: 'x', json: undefined, lastEventId: '' }));
    await settled(inspector);
    expect(inspector.shadowRoot!.querySelectorAll('li').length).to.be.at.least(200);
    const { Locale } = Intl;
    let parsed = 0;
    const counted = class extends Locale {
      constructor(tag: string) {
        super(tag);
        parsed += 1;
      }
    };
    Object.assign(Intl, { Locale: counted });
    inspector.requestUpdate();
    await inspector.updateComplete;
    Object.assign(Intl, { Locale });
    expect(parsed).to.be.within(1, 100);
  });

  it('is refused where it has no tag', () => {
    expect(() => locales.register({ language: 'not a tag' })).to.throw(RangeError);
  });
});
