import { expect, fixture, html } from '@open-wc/testing';
import { AiEventEvent, AiPartEvent } from '../../src/core.js';
import '../../src/define/ai-stream-inspector.js';
import type { AiStreamInspector } from '../../src/define/ai-stream-inspector.js';

const message: any = { id: 'm', role: 'assistant', parts: [] };

/** An inspector, what comes to it, and how its reader looks at that. */
async function looking() {
  const inspector = await fixture<AiStreamInspector>(html`<ai-stream-inspector></ai-stream-inspector>`);
  const root = inspector.shadowRoot!;
  const find = <Kind extends HTMLElement>(selector: string) => root.querySelector<Kind>(selector)!;
  return {
    inspector,
    root,
    find,
    list: () => find('.rows'),
    rows: () => [...root.querySelectorAll('li')],
    titles: () => [...root.querySelectorAll('li .title')].map(({ textContent }) => textContent),
    press: async (name: string) => {
      const found = [...root.querySelectorAll('button')].find(({ textContent }) => textContent!.trim() === name);
      if (!found) throw new Error(`no button ${name}`);
      found.click();
      await inspector.updateComplete;
    },
    receive: async (...names: string[]) => {
      for (const name of names)
        document.body.dispatchEvent(
          new AiEventEvent({ name, data: `{"of":"${name}"}`, json: undefined, lastEventId: '' }),
        );
      await inspector.updateComplete;
    },
    search: async (text: string) => {
      const field = find<HTMLInputElement>('[type=search]');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await inspector.updateComplete;
    },
  };
}

const many = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `e${from + index}`);

describe('who looks at a stream', () => {
  it('holds it still, is told how many rows wait, and goes on with all of them', async () => {
    const { receive, press, titles, find, inspector } = await looking();
    await receive('one', 'two');
    await press('Pause');
    await receive('three');
    document.body.dispatchEvent(new AiPartEvent({ part: { type: 'start' }, message }));
    await receive('four');
    expect(titles()).to.deep.equal(['one', 'two']);
    expect(find('[part=pause]').textContent!.trim(), 'parts are not shown').to.equal('Go on, 2 waiting');
    await expect(inspector).to.be.accessible();
    await press('Go on, 2 waiting');
    expect(titles()).to.deep.equal(['one', 'two', 'three', 'four']);
  });

  it('keeps what is held, also when the log lets go of it', async () => {
    const { receive, press, titles } = await looking();
    await receive('one', 'two');
    await press('Pause');
    await receive(...many(2500));
    expect(titles()).to.deep.equal(['one', 'two']);
    await press('Clear');
    expect(titles()).to.deep.equal([]);
    await receive('new');
    await press('Go on, 1 waiting');
    expect(titles()).to.deep.equal(['new']);
  });

  it('filters by a text in the name or the data, also of what comes later', async () => {
    const { receive, search, titles, find } = await looking();
    await receive('alpha', 'beta');
    await search(' ALPHA');
    expect(titles()).to.deep.equal(['alpha']);
    await receive('gamma', 'alphabet');
    expect(titles()).to.deep.equal(['alpha', 'alphabet']);
    await search('"of":"b');
    expect(titles()).to.deep.equal(['beta']);
    await search('nowhere');
    expect(find('.empty').textContent).to.contain('filters');
    await search('');
    expect(titles()).to.have.lengthOf(4);
  });

  it('keeps the place when rows above it drop out', async () => {
    const { receive, list, rows } = await looking();
    await receive(...many(1999));
    const row = rows()[1500]!;
    row.scrollIntoView();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const before = row.getBoundingClientRect().top - list().getBoundingClientRect().top;
    await receive('last');
    expect(rows().length).to.be.below(1100);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(row.getBoundingClientRect().top - list().getBoundingClientRect().top).to.be.closeTo(before, 2);
  });

  it('keeps the focus in the list when the row that has it drops out', async () => {
    const { receive, list, root } = await looking();
    await receive(...many(1999));
    list().scrollTop = 0;
    root.querySelector('summary')!.focus();
    await receive('last');
    await Promise.resolve();
    expect(root.activeElement).to.equal(list());
  });

  it('takes a row away as a line of JSON, and all that are shown as lines', async () => {
    const { receive, press, search, root, find, inspector } = await looking();
    const taken: string[] = [];
    const { writeText } = Clipboard.prototype;
    Clipboard.prototype.writeText = async (text) => void taken.push(text);
    try {
      await receive('one', 'two\nlines', 'three');
      await search('o');
      root.querySelector('details')!.open = true;
      await press('Copy');
      expect(root.querySelector('details button')!.textContent!.trim()).to.equal('Copied');
      expect(find('[role=status]').textContent).to.equal('Copied');
      await press('Copy all');
    } finally {
      Clipboard.prototype.writeText = writeText;
    }
    const [row, ...none] = taken[0]!
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(row).to.include({ kind: 'event', title: 'one', detail: '{"of":"one"}' });
    expect(none).to.deep.equal([]);
    const all = taken[1]!
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).title);
    expect(all).to.deep.equal(['one', 'two\nlines', 'three']);
    await expect(inspector).to.be.accessible();
  });

  it('reads from left to right what came over the wire, also in a page that is read the other way', async () => {
    document.documentElement.dir = 'rtl';
    try {
      const { receive, find } = await looking();
      await receive('/api/');
      for (const selector of ['.title', '.excerpt']) {
        const text = document.createTreeWalker(find(selector), NodeFilter.SHOW_TEXT).nextNode()!;
        const leftOf = (offset: number) => {
          const range = new Range();
          range.setStart(text, offset);
          range.setEnd(text, offset + 1);
          return range.getBoundingClientRect().left;
        };
        expect(leftOf(0), selector).to.be.lessThan(leftOf(1));
        expect(leftOf(3), selector).to.be.lessThan(leftOf(4));
      }
    } finally {
      document.documentElement.dir = '';
    }
  });

  it('says whole what its field is for, however wide it is', async () => {
    const { inspector, find } = await looking();
    await inspector.updateComplete;
    const field = find<HTMLInputElement>('[type=search]');
    const words = document.createElement('span');
    words.textContent = field.placeholder;
    field.after(words);
    // Beside it a browser leaves room for the sign that clears the field.
    const needed = words.getBoundingClientRect().width + 16;
    words.remove();
    for (const width of [300, 700, 850, 860, 870, 1000, 1040]) {
      inspector.style.inlineSize = `${width}px`;
      const { paddingInlineStart, paddingInlineEnd } = getComputedStyle(field);
      expect(field.clientWidth - parseFloat(paddingInlineStart) - parseFloat(paddingInlineEnd)).to.be.at.least(needed);
    }
  });
});
