import { expect } from '@open-wc/testing';
import type { AiMarkdown } from '../../src/markdown/ai-markdown.js';
import '../../src/define/ai-markdown.js';

const nextFrame = (): Promise<number> => new Promise((resolve) => void requestAnimationFrame(resolve));
const paragraph = (words: number): string => `**So** ${'some words of it '.repeat(words / 4)}\n\n`;

describe('what is out of sight', () => {
  let element: AiMarkdown;

  beforeEach(async () => {
    element = document.createElement('ai-markdown');
    element.streaming = true;
    document.body.append(element);
    await element.updateComplete;
  });

  afterEach(() => {
    element.remove();
    scrollTo(0, 0);
  });

  const blocks = (): HTMLElement[] =>
    [...element.shadowRoot!.querySelector<HTMLElement>('.markdown')!.children] as never;
  const areLeftOut = (): boolean[] => blocks().map((block) => getComputedStyle(block).contentVisibility === 'auto');

  async function write(text: string): Promise<void> {
    element.write(text);
    element.flush();
    scrollTo(0, document.documentElement.scrollHeight);
    await nextFrame();
    await nextFrame();
  }

  it('costs no layout, but for the first blocks of a short text, which are laid out once', async () => {
    await write(paragraph(8).repeat(30));
    expect(areLeftOut().indexOf(true)).to.equal(14);
    await write(paragraph(8000));
    expect(areLeftOut()).not.to.include(false);
    element.value = 'short again';
    element.flush();
    expect(areLeftOut()).to.deep.equal([false]);
  });

  it('keeps its height when the text becomes long, for a reader who follows the end', async () => {
    for (let count = 0; count < 6; count += 1) await write(paragraph(400));
    const before = blocks().map(({ offsetHeight }) => offsetHeight);
    expect(Math.min(...before)).to.be.above(100);
    for (let count = 0; count < 30; count += 1) await write(paragraph(400));
    const word = blocks()[0]!.querySelector('strong')!;
    expect(word.checkVisibility({ contentVisibilityAuto: true })).to.equal(false);
    const after = blocks().map(({ offsetHeight }) => offsetHeight);
    expect(after.slice(0, 6)).to.deep.equal(before);
  });
});
