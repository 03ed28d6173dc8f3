import { expect } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import { MarkdownRenderer } from '../../src/markdown/markdown-renderer.js';

const repeat = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));

/** Texts that make a parser of markdown slow, deep or its output huge. */
const FAMILIES: Record<string, (length: number) => string> = {
  'an address that never comes': (n) => `${'a'.repeat(n)}@`,
  'strong and emphasis without end': (n) => repeat('**_* ', n),
  'openers, then half of their closers': (n) => repeat('*a ', n / 2) + repeat('_a*_ ', n / 2),
  'emphasis in emphasis': (n) => repeat('*a **a ', n / 2) + repeat('a** a*', n / 2),
  'one run of stars': (n) => `${'*'.repeat(n / 2)}a${'*'.repeat(n / 2)}`,
  'an address that ends in brackets': (n) => `http://a.b/${')'.repeat(n)}`,
  'quotes in quotes': (n) => `${repeat('> ', n)}x`,
  'lists in lists': (n) => `${repeat('- ', n)}x`,
  'lines that go on with a quote': (n) => repeat('> - a\n  b\n', n),
  'elements in elements': (n) => repeat('<div>', n),
  'elements in elements in a line': (n) => `x ${repeat('<b>', n)}`,
  'open details': (n) => repeat('<details>\n\n', n),
  'link openers': (n) => repeat('[a](b', n),
  'brackets and parentheses': (n) => repeat('[ (](', n),
  'pictures in pictures': (n) => repeat('![[]()', n),
  'a definition that is never closed': (n) => `[a]: b\n"${repeat('x\n', n)}`,
  backslashes: (n) => '\\'.repeat(n),
  'comments in a tag': (n) => `</${repeat('<!--', n)}`,
};

const SIZE = 12_000;

function letters(text: string): string {
  return text.replace(/[^ax]/g, '');
}

describe('no text holds a page up', () => {
  for (const [name, create] of Object.entries(FAMILIES)) {
    it(`not ${name}`, () => {
      const text = create(SIZE);
      const container = document.createElement('div');
      const renderer = new MarkdownRenderer(container);
      for (let at = 0; at < text.length; at += 3000) {
        renderer.write(text.slice(at, at + 3000));
        renderer.flush();
      }
      renderer.end();
      expect(container.querySelectorAll('*').length).to.be.below(text.length / 2);
      expect(container.innerHTML.length).to.be.below(8 * text.length + 65_536);
      expect(letters(container.textContent ?? '').length).to.be.at.least(letters(text).length * 0.9);
      renderer.destroy();
    });
  }

  it('keeps a wide head over many short rows as text', () => {
    const text = `${'|a'.repeat(150)}|\n${'|-'.repeat(150)}|\n${'a\n'.repeat(3000)}`;
    const container = document.createElement('div');
    new MarkdownRenderer(container).set(text, false);
    expect(container.querySelectorAll('*').length).to.be.below(100);
    expect(container.textContent).to.include('|a|a|a');
  });

  it('does not let a short label stand for a long address again and again', () => {
    const text = `[r]: https://a.test/${'x'.repeat(6000)}\n\n${'[r] '.repeat(3000)}`;
    const container = document.createElement('div');
    new MarkdownRenderer(container).set(text, false);
    const addresses = [...container.querySelectorAll('a')].reduce(
      (sum, link) => sum + (link.getAttribute('href')?.length ?? 0),
      0,
    );
    expect(addresses).to.be.below(8 * text.length + 16_384);
  });

  it('tells the page that something is shown as plain text', async () => {
    const element = document.createElement('ai-markdown');
    const codes: string[] = [];
    element.addEventListener('ai-warning', (event) => codes.push(event.code));
    document.body.append(element);
    await element.updateComplete;
    element.value = `${'> '.repeat(2000)}x`;
    element.end();
    element.value = FAMILIES['strong and emphasis without end']!(SIZE);
    element.end();
    expect(codes).to.deep.equal(['markdown-budget']);
    element.remove();
  });
});
