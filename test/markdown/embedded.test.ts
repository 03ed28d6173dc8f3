import { expect } from '@open-wc/testing';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { AiMarkdown } from '../../src/define/ai-markdown.js';

const content = (element: Element): HTMLElement => element.shadowRoot!.querySelector('.markdown')!;

function inPage<Child extends Element>(child: Child): Child {
  document.body.append(child);
  return child;
}

async function withLightText(text: string): Promise<AiMarkdown> {
  const element = document.createElement('ai-markdown');
  element.textContent = text;
  await inPage(element).updateComplete;
  return element;
}

async function shown(element: AiMarkdown): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve));
  await element.updateComplete;
  return content(element).textContent!.trim();
}

describe('<ai-markdown> in a page', () => {
  afterEach(() => document.body.replaceChildren());

  it('takes a value that was set before the element was defined, and those that are set after', async () => {
    const early = inPage(document.createElement('ai-markdown-late')) as AiMarkdown;
    early.textContent = 'of the page';
    early.value = 'early';
    customElements.define('ai-markdown-late', class extends AiMarkdown {});
    expect(await shown(early)).to.equal('early');
    early.value = 'late';
    expect(await shown(early)).to.equal('late');
  });

  it('shows the text of its attribute, as a server renders it, until it is given another', async () => {
    const holder = inPage(document.createElement('div'));
    holder.innerHTML = '<ai-markdown value="# One">not this</ai-markdown>';
    const element = holder.firstElementChild as AiMarkdown;
    expect(await shown(element)).to.equal('One');
    expect(content(element).querySelector('h1')).not.to.equal(null);
    element.write(' and more');
    element.end();
    expect(await shown(element)).to.equal('One and more');
    holder.append(element.cloneNode(true));
    expect(await shown(holder.lastElementChild as AiMarkdown)).to.equal('One');
    element.removeAttribute('value');
    expect(await shown(element)).to.equal('');
  });

  for (const [what, change] of Object.entries({
    set: (element: AiMarkdown): void => void (element.value = 'by the host'),
    written: (element: AiMarkdown): void => {
      element.value = '';
      element.write('by the host');
      element.end();
    },
  })) {
    it(`keeps what was ${what} in the place of its own text when it is moved, or taken out and put back`, async () => {
      const element = await withLightText('of the page');
      change(element);
      inPage(document.createElement('div')).append(element);
      expect(await shown(element)).to.equal('by the host');
      element.remove();
      await shown(element);
      inPage(element);
      expect(await shown(element)).to.equal('by the host');
    });

    it(`shows what was ${what} before it came into the page`, async () => {
      const element = document.createElement('ai-markdown');
      element.textContent = 'of the page';
      change(element);
      inPage(element);
      expect(await shown(element)).to.equal('by the host');
    });
  }

  it('follows its own text, also when that is cleared, and while it was out of the page', async () => {
    const element = await withLightText('one');
    element.firstChild!.nodeValue = 'two';
    expect(await shown(element)).to.equal('two');
    element.textContent = '';
    expect(await shown(element)).to.equal('');
    element.remove();
    element.textContent = 'three';
    inPage(element);
    expect(await shown(element)).to.equal('three');
  });

  it('follows its own text when that is another before it was first drawn', async () => {
    const element = document.createElement('ai-markdown');
    element.textContent = 'one';
    inPage(element).textContent = 'two';
    expect(await shown(element)).to.equal('two');
  });

  describe('of a framework that hands over the same settings as new objects', () => {
    const render = (source: string) => source;
    const settings = () => ({
      plugins: [
        emoji,
        math({ macros: { '\\RR': '\\mathbb{R}' } }),
        { name: 'mark', spans: [{ open: '==', close: '==' }], render },
      ],
      directives: { note: { tag: 'x-note', attributes: ['kind'] } },
      strings: { copied: 'Kopiert' },
    });

    async function rendered(): Promise<[AiMarkdown, Element]> {
      const element = inPage(document.createElement('ai-markdown'));
      Object.assign(element, settings(), { value: 'one ==two== :note[x]{kind=a}' });
      await shown(element);
      return [element, content(element).firstElementChild!];
    }

    it('keeps what is rendered, while it is written and after', async () => {
      const [element] = await rendered();
      Object.assign(element, settings(), { streaming: true, value: 'one ==two==\n\n' });
      element.flush();
      const paragraph = content(element).firstElementChild;
      for (const streaming of [true, true, false, false]) {
        Object.assign(element, settings(), { streaming, value: `${element.value}three ` });
        await shown(element);
        if (streaming) expect(content(element).firstElementChild).to.equal(paragraph);
      }
      const paragraphs = [...content(element).children];
      Object.assign(element, settings());
      await shown(element);
      expect([...content(element).children]).to.deep.equal(paragraphs);
    });

    for (const [what, change] of Object.entries({
      'another plugin': ({ plugins }: ReturnType<typeof settings>) => ({ plugins: plugins.slice(1) }),
      'a plugin that draws otherwise': () => ({
        plugins: [{ ...settings().plugins[2]!, render: () => 'other' }],
      }),
      'another attribute': () => ({ directives: { note: { tag: 'x-note', attributes: [] } } }),
      'another word': () => ({ strings: { copied: 'Copied' } }),
      'the same object with another word, as a copy': (_: unknown, element: AiMarkdown) => {
        Object.assign(element.strings, { copied: 'Copied' });
        return { strings: { ...element.strings } };
      },
    })) {
      it(`renders anew for ${what}`, async () => {
        const [element, paragraph] = await rendered();
        Object.assign(element, change(settings(), element));
        await shown(element);
        expect(content(element).firstElementChild).not.to.equal(paragraph);
      });
    }
  });

  it('is drawn by flush() in the very task in which it came into the page', () => {
    const element = document.createElement('ai-markdown');
    element.flush();
    inPage(element).write('one **two');
    element.flush();
    expect(content(element).querySelector('strong')!.textContent).to.equal('two');
  });

  it('keeps a value where a framework leaves marks of its own in the element', async () => {
    const element = inPage(document.createElement('ai-markdown'));
    element.value = 'value';
    element.append(document.createComment(''), '\n  ');
    expect(await shown(element)).to.equal('value');
  });
});

describe('what is given to <ai-markdown>', () => {
  afterEach(() => document.body.replaceChildren());

  for (const [given, text] of [
    [undefined, ''],
    [null, ''],
    [5, '5'],
    [0n, '0'],
    [false, 'false'],
  ] as [any, string][]) {
    it(`is text, or as good as text: ${given}`, async () => {
      const element = inPage(document.createElement('ai-markdown'));
      element.value = given;
      expect(await shown(element)).to.equal(text);
      for (const piece of ['a', given, 'b']) element.write(piece);
      element.end();
      expect(await shown(element)).to.equal(`${text}a${text}b`);
    });
  }

  for (const [what, given, words] of [
    ['bytes', new Uint8Array([104, 105]), /Uint8Array.*TextDecoderStream/],
    ['a promise', Promise.resolve('x'), /Promise.*await/],
    ['a response', new Response('x'), /Response/],
    ['a list', ['x'], /Array/],
    ['a delta', { text: 'x' }, /Object/],
    ['a function', () => 'x', /Function/],
    ['a symbol', Symbol('x'), /Symbol/],
  ] as [string, any, RegExp][]) {
    it(`is refused in words where it is ${what}, and what stands stays`, async () => {
      const element = inPage(document.createElement('ai-markdown'));
      element.value = 'one';
      for (const give of [() => (element.value = given), () => element.write(given)]) expect(give).to.throw(words);
      expect(element.streaming).to.equal(false);
      expect(await shown(element)).to.equal('one');
      element.value = 'two';
      expect(await shown(element)).to.equal('two');
    });
  }

  it('through a pipe ends with what it cannot take', async () => {
    const element = inPage(document.createElement('ai-markdown'));
    const writer = element.writable.getWriter();
    await writer.write('one');
    const refused = await writer.write(new Uint8Array([104]) as never).then(String, String);
    expect(refused).to.match(/TextDecoderStream/);
    expect(element.streaming).to.equal(false);
    expect(await shown(element)).to.equal('one');
  });
});
