import { expect, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/markdown/ai-markdown.js';

const HEAD = '| Name | Count | Notes |\n|---|--:|---|\n';
const row = (index: number): string => `| name ${index} | ${index} | some words about it |\n`;
const rows = (count: number): string => Array.from({ length: count }, (_, index) => row(index)).join('');
const LONG_ROW = `| ${'more words '.repeat(20)} | 1 | a |\n`;

const nextFrame = (): Promise<unknown> => new Promise((resolve) => void requestAnimationFrame(resolve));

describe('a long table', () => {
  let element: AiMarkdown;

  beforeEach(() => {
    element = document.createElement('ai-markdown');
    element.style.cssText = 'display: block; width: 600px';
    document.body.append(element);
  });

  afterEach(() => element.remove());

  const box = (): HTMLElement => element.shadowRoot!.querySelector('.table-scroll')!;
  const widths = (index: number): number[] =>
    Array.from(box().querySelector('table')!.rows[index]!.cells, (cell) =>
      Math.round(cell.getBoundingClientRect().width),
    );

  async function show(text: string): Promise<void> {
    element.write(text);
    element.flush();
    for (let count = 0; count < 3; count += 1) await nextFrame();
  }

  it('keeps its columns as its first rows have made them', async () => {
    await show(HEAD + rows(120));
    await waitUntil(() => box().dataset['long'] === '3');
    const before = widths(0);
    await show(LONG_ROW);
    expect(widths(0)).to.deep.equal(before);
    expect(widths(121)).to.deep.equal(before);
    expect(before.reduce((sum, width) => sum + width)).to.be.closeTo(box().clientWidth, 2);
  });

  it('looks as it did before it was long', async () => {
    await show(HEAD + rows(90));
    const before = { head: widths(0), row: widths(50), place: box().querySelectorAll('td')[150]!.offsetTop };
    await show(rows(30));
    await waitUntil(() => box().dataset['long'] === '3');
    widths(0).forEach((width, column) => expect(width).to.be.closeTo(before.head[column]!, 3));
    widths(50).forEach((width, column) => expect(width).to.be.closeTo(before.row[column]!, 3));
  });

  it('and one that is not goes by each of its rows', async () => {
    await show(HEAD + rows(20));
    const before = widths(0);
    await show(LONG_ROW);
    expect(widths(0)).not.to.deep.equal(before);
    expect(box().hasAttribute('data-long')).to.equal(false);
  });

  it('goes with its place', async () => {
    await show(HEAD + rows(120));
    await waitUntil(() => box().dataset['long'] === '3');
    for (const width of [400, 800]) {
      element.style.width = `${width}px`;
      await nextFrame();
      expect(widths(0).reduce((sum, each) => sum + each)).to.be.closeTo(box().clientWidth, 2);
      expect(widths(100)).to.deep.equal(widths(0));
    }
  });

  it('that is wider than its place still scrolls, and is a stop on the way of the keyboard', async () => {
    const cells = Array.from({ length: 12 }, (_, index) => `averylongword${index}`);
    const line = `| ${cells.join(' | ')} |\n`;
    await show(`${line}|${'---|'.repeat(12)}\n`);
    await show(line.repeat(120));
    await waitUntil(() => box().dataset['long'] === '12' && box().tabIndex === 0);
    expect(box().scrollWidth).to.be.above(box().clientWidth + 100);
    expect(widths(100)).to.deep.equal(widths(0));
  });

  it('leaves nothing behind for the next text', async () => {
    await show(HEAD + rows(120));
    await waitUntil(() => box().dataset['long'] === '3');
    element.value = `| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(3)}`;
    element.end();
    await element.updateComplete;
    expect(box().hasAttribute('data-long')).to.equal(false);
    expect(box().hasAttribute('style')).to.equal(false);
  });
});
