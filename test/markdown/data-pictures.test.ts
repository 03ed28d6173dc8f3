import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import { Lexer } from 'marked';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { TextIntake } from '../../src/markdown/source/text-intake.js';
import { UrlPolicy } from '../../src/trust/url-policy.js';
import { RED_PIXEL } from '../image/pictures.js';
import { cutInto } from './documents.js';
import { outline, renderStreamed, renderWhole } from './rendering.js';

const LONG = `data:image/png;base64,${'iVBORw0KGgo/'.repeat(20_000)}==`;
const ITS_BYTES = 'iVBORw0KGgo';

async function create(value: string, imageHosts = ''): Promise<AiMarkdown> {
  const element = await fixture<AiMarkdown>(html`<ai-markdown image-hosts=${imageHosts}></ai-markdown>`);
  element.value = value;
  await element.updateComplete;
  return element;
}

describe('a picture that is all in its address', () => {
  it('is shown when the reader asks for it', async () => {
    const element = await create(`![A red fox](${RED_PIXEL} "Fox")`);
    const button = element.shadowRoot!.querySelector<HTMLElement>('p > button.image-ask')!;
    expect(button.innerText.replace(/\s+/g, ' ').trim()).to.equal('A red fox Show image');
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    button.click();
    const picture = element.shadowRoot!.querySelector('img')!;
    expect([picture.src, picture.alt, picture.title]).to.deep.equal([RED_PIXEL, 'A red fox', 'Fox']);
    await waitUntil(() => picture.naturalWidth === 1);
  });

  it('is shown unasked where `data:` is listed, and by who asks for every host', async () => {
    for (const hosts of ['a.test data:', '*']) {
      const element = await create(`![A red fox](${RED_PIXEL})`, hosts);
      expect(element.shadowRoot!.querySelector('img')?.src, hosts).to.equal(RED_PIXEL);
    }
  });

  it('is its description where it is no raster picture, is too long, or turns out to be none', async () => {
    const policy = new UrlPolicy({ imageHosts: 'data: *' });
    for (const address of [
      'data:image/svg+xml;base64,PHN2Zy8+',
      'data:image/png,%89PNG',
      'data:text/html;base64,AAAA',
      'data:image/png;base64,AA"onload="',
      `data:image/png;base64,${'A'.repeat(16 * 1024 * 1024)}`,
    ])
      expect(policy.image(address).action, address.slice(0, 40)).to.equal('refuse');
    const element = await create('![A red fox](data:image/png;base64,AAAA)', 'data:');
    await waitUntil(() => element.shadowRoot!.querySelector('.image-refused')?.textContent === 'A red fox');
    expect(element.shadowRoot!.querySelector('button')).to.equal(null);
    expect(getComputedStyle(element.shadowRoot!.querySelector('img')!).display).to.equal('none');
  });

  const SHORT = 'data:image/png;base64,iVBO+/==';
  for (const [where, text] of [
    ['between words', `a ![b](${SHORT}) *c* ![d](${SHORT})![e](${SHORT}) f`],
    ['in emphasis, in a link', `**a ![b](${SHORT}) c** [![d](${SHORT})](https://a.test/)`],
    ['in an item, in a cell', `- a\n  ![b](${SHORT})\n\n| a |\n|---|\n| ![b](${SHORT}) |\n`],
    ['in a quote, by a label', `> ![b](${SHORT})\n\n![c][1]\n\n[1]: ${SHORT}`],
    ['in code', `\`![b](${SHORT})\`\n\n    ![b](${SHORT})\n\n\`\`\`\n![b](${SHORT})\n\`\`\`\n`],
    ['escaped', `\\![b](${SHORT}) !\\[b](${SHORT}) ![b\\](${SHORT})`],
    ['without its end', `a ![b](${SHORT}`],
    ['with a title', `![b](${SHORT} "c") ![d](${SHORT}\r\n'e')`],
    ['before breaks of two characters', `![b](${SHORT}\r\n\r\nc (${SHORT}\r\nd`],
    ['with a break in it', `a ![b](${SHORT}\nAAAA) ![c](${SHORT} AAAA)`],
    ['in the title of a definition', `[c]: https://a.test "![b](${SHORT})"\n\n[c] ![d](${RED_PIXEL})\n`],
    ['in HTML', `<div>![b](${SHORT})</div>\n\n<b>![b](${SHORT})</b>`],
  ] as const)
    it(`stands the same however it comes: ${where}`, () => {
      const whole = outline(renderWhole(text));
      // What a control stood for while it was read is back.
      expect(whole).not.to.match(/\\u0080|\u0080/);
      for (const size of [1, 2, 3, 7, 40])
        expect(outline(renderStreamed(cutInto(text, size))), `${size}`).to.equal(whole);
      for (let at = 1; at < text.length; at += 1)
        expect(outline(renderStreamed([text.slice(0, at), text.slice(at)])), `${at}`).to.equal(whole);
    });

  it('leaves plugins alone, which may hold on to anything', () => {
    const plugin = { name: 'mark', spans: [{ open: '==', close: '==' }], host: {} };
    plugin.host = plugin;
    Object.freeze(plugin);
    const shown = renderWhole(`==a== ![b](${SHORT}) ==c ![d](${SHORT})==`, { plugins: [plugin] });
    expect(shown.querySelector<HTMLElement>('button')?.dataset['url']).to.equal(SHORT);
  });

  it('keeps its text where it is none', () => {
    const text = `\`![b](${LONG})\` [c](${LONG})\n\n~~~\n![b](${LONG})\n~~~\n`;
    const shown = renderStreamed(cutInto(text, 50_000));
    expect([...shown.querySelectorAll('code')].map(({ textContent }) => textContent!.trim())).to.deep.equal([
      `![b](${LONG})`,
      `![b](${LONG})`,
    ]);
    expect(shown.querySelector('p')!.lastChild!.textContent).to.equal('c');
  });

  it('shows nothing of its bytes while they come, nothing that is taken away, and no warning', () => {
    let warnings = 0;
    const text = `Here it is: ![A fox](${LONG}) and **more** of it.\n\n- ![A hare](${LONG} "Hare")\n`;
    const pieces = [...cutInto(text.slice(0, 50), 1), ...cutInto(text.slice(50), 5000)];
    const shown = renderStreamed(pieces, { onWarning: () => (warnings += 1) }, (container) => {
      expect(container.textContent).not.to.include(ITS_BYTES);
      expect(container.textContent).not.to.include('![');
    });
    expect([...shown.querySelectorAll('button')].map(({ dataset }) => dataset['url'])).to.deep.equal([LONG, LONG]);
    expect(warnings).to.equal(0);
  });

  it('goes on as emphasis, links and the like behind it do', () => {
    const start = `![A fox](${LONG}) and **mo`;
    const container = renderStreamed([start], {}, (drawn) => {
      expect(drawn.querySelector('strong')?.textContent).to.equal('mo');
    });
    expect(container.querySelectorAll('button').length).to.equal(1);
  });

  it('is looked through with each of its pieces no more than once, and by marked not at all, before long text, too', () => {
    const [{ blockTokens }, { exec }] = [Lexer.prototype, RegExp.prototype];
    let [read, looked] = [0, 0];
    Lexer.prototype.blockTokens = function (this: Lexer, source: string, ...rest: never[]) {
      read += source.length;
      return blockTokens.call(this, source, ...rest);
    } as typeof blockTokens;
    const counting = function (this: RegExp, text: string) {
      if (this.global) looked += text.length - this.lastIndex;
      return exec.call(this, text);
    };
    Object.assign(RegExp.prototype, { exec: counting });
    const words = 'some words '.repeat(1500);
    try {
      renderStreamed(cutInto(`a ![b](${LONG}) and ${words}`, 100));
    } finally {
      Lexer.prototype.blockTokens = blockTokens;
      Object.assign(RegExp.prototype, { exec });
    }
    expect(read / words.length).to.be.below(20);
    // Some patterns look at all of the paragraph until what begins it has settled.
    expect(looked / LONG.length).to.be.below(200);
  });

  it('leaves a reference to what might have stood for another one as it is', () => {
    const shown = renderWhole(`![b](${SHORT}) &#128;&#xE001;.`).textContent!.trim();
    expect(shown).to.match(/ \S?\uE001?\.$/);
  });

  it('is handed on whole, and once nothing more comes as it is', () => {
    const intake = new TextIntake();
    intake.add(`a ![b](${LONG}`);
    expect(intake.take(Infinity)).to.equal('a ![b]');
    expect(intake.isEmpty).to.equal(true);
    intake.add(') c');
    expect(intake.take(10)).to.equal(`(${LONG})`);
    expect(intake.take(10)).to.equal(' c');
    intake.add(`(${LONG}\r`);
    expect(intake.take(10)).to.equal(`(${LONG}`);
    intake.add('\n');
    expect(intake.take(10)).to.equal('\n');
    intake.add(`![b](${LONG}`);
    expect(intake.take(Infinity) + intake.take(Infinity)).to.equal('![b]');
    expect(intake.take(LONG.length + 10, true)).to.equal(`(${LONG}`);
    for (const char of 'c(data:image/png,A') {
      intake.add(char);
      expect(intake.take(Infinity)).to.equal(char === 'c' ? 'c' : '');
      expect(intake.isEmpty).to.equal(true);
    }
    expect(intake.takeAll()).to.equal('(data:image/png,A');
    intake.add(`(data:image/${'A'.repeat(16 * 1024 * 1024)}`);
    expect(intake.take(20), 'longer than any picture').to.equal('(data:image/AAAAAAAA');
  });
});
