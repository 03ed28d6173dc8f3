import { expect } from '@open-wc/testing';

type Idle = (deadline: { timeRemaining(): number }) => void;

/** A page that says itself when it is idle. */
const waiting: Idle[] = [];
globalThis.requestIdleCallback = ((callback: Idle) => waiting.push(callback)) as typeof requestIdleCallback;

/** The names of the elements that are made from here on, in the order in which they are. */
const made: string[] = [];
const create = document.createElement.bind(document);
document.createElement = ((name: string) => {
  made.push(name);
  return create(name);
}) as typeof document.createElement;

/** One idle period after the other, each of so many looks at the clock; tells how many there were. */
function beIdle(looks: number): number {
  let periods = 0;
  for (; waiting.length > 0 && periods < 1000; periods += 1) {
    let left = looks;
    waiting.shift()!({ timeRemaining: () => (left-- > 0 ? 20 : 0) });
  }
  return periods;
}

/** The fonts in which something was measured. */
const fonts: string[] = [];
const measure = CanvasRenderingContext2D.prototype.measureText;
CanvasRenderingContext2D.prototype.measureText = function (text) {
  fonts.push(this.font);
  return measure.call(this, text);
};

const changes: MutationRecord[] = [];
const observer = new MutationObserver((records) => changes.push(...records));

describe('warming up', () => {
  before(async () => {
    document.documentElement.style.setProperty('--ai-font', 'Georgia, serif');
    observer.observe(document, { childList: true, subtree: true });
    await import('../../src/define/ai-markdown.js');
    await import('../../src/define/ai-stream-chat.js');
  });

  it('waits for idle time, and is asked for once by all elements', () => {
    expect(waiting.length).to.equal(1);
    expect(made).not.to.include('p');
  });

  it('draws nothing where no time is left', () => {
    waiting.shift()!({ timeRemaining: () => 0 });
    expect(made).not.to.include('p');
    expect(waiting.length).to.equal(1);
  });

  it('draws every kind of block, some of it in each idle period', () => {
    expect(beIdle(1)).to.be.within(20, 200);
    const kinds = ['h2', 'p', 'a', 'ul', 'ol', 'li', 'pre', 'table', 'td', 'blockquote', 'hr', 'input', 'kbd', 'sup'];
    expect(kinds.filter((kind) => !made.includes(kind))).to.deep.equal([]);
  });

  it('has the fonts found that answers are written in, those of the page', () => {
    const styles = [
      /^16px Georgia/,
      /^bold 16px Georgia/,
      /^italic 16px Georgia/,
      /^650 20.8px Georgia/,
      /^14.08px ui-monospace/,
    ];
    expect(styles.filter((style) => !fonts.some((font) => style.test(font)))).to.deep.equal([]);
  });

  it('puts nothing into the page', () => {
    changes.push(...observer.takeRecords());
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes].map(({ nodeName }) => nodeName));
    expect(added.filter((name) => !['SCRIPT', 'LINK'].includes(name))).to.deep.equal([]);
  });

  it('warms nothing again', async () => {
    const { warmUp } = await import('../../src/markdown/warm-up.js');
    warmUp();
    expect(waiting).to.deep.equal([]);
  });
});
