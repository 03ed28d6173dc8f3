import { expect } from '@open-wc/testing';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';
import { toMarkdown } from '../../src/markdown/reader/to-markdown.js';
import { outline, renderStreamed, renderWhole } from './rendering.js';

const numbers = (box: Element): string[] =>
  [...box.querySelectorAll('.footnote-reference')].map((each) => each.textContent ?? '');
const notes = (box: Element): string[] =>
  [...box.querySelectorAll('.footnotes li')].map((each) => (each.textContent ?? '').replace(/\s+/g, ' ').trim());

const TEXT =
  'A claim[^b] and more[^1], again[^b].\n\n[^1]: First source\n[^b]: Second **source**\n\n    with more\n\nEnd.';

describe('footnotes', () => {
  it('shows a note in an item or a quote as what it says, where it is no note', () => {
    for (const marker of ['- ', '1. ', '> ', '> - '])
      for (const said of ['note', 'https://a.test/x', 'two words'])
        expect(renderWhole(`${marker}[^1]: ${said}\n\nText[^1].`).textContent).to.include(`[^1]: ${said}`);
  });

  it('are numbered as they are referred to, and stand at the end with ways back', () => {
    const box = renderWhole(TEXT);
    expect(numbers(box)).to.deep.equal(['1', '2', '1']);
    expect(notes(box)).to.deep.equal(['Second source with more ↩↩2', 'First source ↩']);
    expect(box.lastElementChild!.className).to.equal('footnotes');
    expect(box.lastElementChild!.getAttribute('role')).to.equal('doc-endnotes');
    expect(box.querySelector('[id], [href^="#"], [name]')).to.equal(null);
  });

  it('are the same in pieces', () => {
    for (const size of [1, 2, 5]) {
      const pieces = TEXT.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g'))!;
      expect(outline(renderStreamed(pieces))).to.equal(outline(renderWhole(TEXT)));
    }
  });

  it('show no raw syntax on the way, and what has settled stays', () => {
    const first = new Set<Element>();
    renderStreamed(TEXT.split(''), {}, (container, source) => {
      expect(container.textContent).not.to.match(/[[\]^]|b:|1:/);
      if (source.length > 60) first.add(container.querySelector('p')!);
    });
    expect(first.size).to.equal(1);
  });

  it('whose note never comes are the text that was written', () => {
    const box = renderWhole('See [^7] and the class [^a-z0-9] or [^abc].\n\n[^7 ]: no');
    expect(box.querySelector('p')!.textContent).to.equal('See [^7] and the class [^a-z0-9] or [^abc].');
    expect(box.querySelector('.footnote-reference, .footnotes')).to.equal(null);
  });

  it('that nothing refers to are not lost', () => {
    expect(notes(renderWhole('Text.\n\n[^x]: Kept'))).to.deep.equal(['Kept']);
  });

  it('of one label are the first', () => {
    const text = 'a[^x]\n\n[^x]: first\n\n[^X]: second\n';
    expect(notes(renderWhole(text))).to.deep.equal(['first ↩']);
    expect(outline(renderStreamed(text.split('')))).to.equal(outline(renderWhole(text)));
  });

  it('of one label are the first, where a long second one comes together with it', () => {
    const text = `a[^x]\n\n[^x]: first\n\n[^x]: ${'second '.repeat(150)}`;
    expect(notes(renderStreamed([text, '\n\nEnd.']))).to.deep.equal(['first ↩']);
    expect(outline(renderStreamed([text]))).to.equal(outline(renderWhole(text)));
  });

  it('end a list and a quote at the margin', () => {
    for (const text of ['- a[^1]\n[^1]: note\n', '> a[^1]\n[^1]: note\n', '1. a[^1]\n   - b\n[^1]: note\n']) {
      expect(notes(renderWhole(text))).to.deep.equal(['note ↩']);
      expect(outline(renderStreamed(text.split('')))).to.equal(outline(renderWhole(text)));
    }
  });

  it('hold links that are defined later', () => {
    const text = 'a[^1]\n\n[^1]: see [x][r]\n\nmore\n\n[r]: https://a.test/late\n';
    const streamed = renderStreamed(text.split(''));
    expect(streamed.querySelector('.footnotes a')!.getAttribute('href')).to.equal('https://a.test/late');
    expect(outline(streamed)).to.equal(outline(renderWhole(text)));
  });

  it('lead there and back without a change of the address', () => {
    const box = document.createElement('div');
    document.body.append(box);
    const renderer = new MarkdownRenderer(box);
    renderer.set(TEXT, false);
    const before = [location.href, history.length];
    const [, second] = box.querySelectorAll<HTMLElement>('.footnote-reference a');
    second!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    expect(document.activeElement!.textContent).to.include('First source');
    const [, again] = box.querySelectorAll<HTMLElement>('.footnotes li:first-child [data-back]');
    again!.click();
    expect(document.activeElement).to.equal(box.querySelectorAll('.footnote-reference a')[2]);
    expect([location.href, history.length]).to.deep.equal(before);
    renderer.destroy();
    box.remove();
  });

  it('lead to the notes of their own text, where several stand in one page with the same labels', () => {
    const boxes = [1, 2].map((which) => {
      const box = document.createElement('div');
      document.body.append(box);
      new MarkdownRenderer(box).set(`A[^1].\n\n[^1]: Note of text ${which}.`, false);
      return box;
    });
    boxes.forEach((box, index) => {
      box.querySelector<HTMLElement>('.footnote-reference a')!.click();
      expect(document.activeElement!.textContent).to.include(`Note of text ${index + 1}.`);
      box.querySelector<HTMLElement>('[data-back]')!.click();
      expect(document.activeElement).to.equal(box.querySelector('.footnote-reference a'));
    });
    expect(document.querySelectorAll('.footnotes [id], .footnote-reference [id]').length).to.equal(0);
    for (const box of boxes) box.remove();
  });

  it('name their links, each by where it leads', () => {
    const box = renderWhole('A[^b] and B[^1] and A[^b].\n\n[^1]: One.\n[^b]: Two.');
    const names = [...box.querySelectorAll('a')].map(({ ariaLabel }) => ariaLabel);
    expect(names).to.deep.equal([
      'Footnote 1',
      'Footnote 2',
      'Footnote 1',
      'Back to where footnote 1 is referred to',
      'Back to where footnote 1 is referred to, 2',
      'Back to where footnote 2 is referred to',
    ]);
  });

  it('are copied as they are written', () => {
    const text = 'A claim[^1].\n\n[^1]: A *note*';
    expect(toMarkdown(renderWhole(text))).to.equal(text);
  });

  it('do not make a long text slow', () => {
    const text = `${'A claim[^1] in a paragraph of some words.\n\n'.repeat(2000)}[^1]: note\n`;
    let most = 0;
    let touched = 0;
    const box = document.createElement('div');
    const observer = new MutationObserver(() => {});
    observer.observe(box, { childList: true, subtree: true });
    const renderer = new MarkdownRenderer(box);
    for (let at = 0; at < text.length; at += 400) {
      renderer.write(text.slice(at, at + 400));
      renderer.flush();
      const count = observer.takeRecords().length;
      most = Math.max(most, count);
      touched += count;
    }
    observer.disconnect();
    // A drawing touches what has come, not what stood there.
    expect(most).to.be.below(80);
    expect(touched).to.be.below(20_000);
    renderer.destroy();
  });

  it('that are long are not read again and again', () => {
    const text = `a[^1]\n\n[^1]: first\n\n${'    A paragraph of the note.\n\n'.repeat(400)}End.`;
    const box = document.createElement('div');
    const renderer = new MarkdownRenderer(box);
    const seen = new Set<Element>();
    for (let at = 0; at < text.length; at += 7) {
      renderer.write(text.slice(at, at + 7));
      renderer.flush();
      const second = box.querySelectorAll('.footnotes li > p')[1];
      if (second) seen.add(second);
    }
    renderer.end();
    expect(seen.size).to.equal(1);
    expect(box.querySelectorAll('.footnotes li > p').length).to.equal(401);
    expect(outline(box)).to.equal(outline(renderWhole(text)));
    renderer.destroy();
  });
});
