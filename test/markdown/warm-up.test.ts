import { expect } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';

/** The names of the elements that are made from here on, as long as none is put into the page. */
function watchMade(): Set<string> {
  const made = new Set<string>();
  const create = document.createElement.bind(document);
  document.createElement = ((name: string) => {
    made.add(name);
    return create(name);
  }) as typeof document.createElement;
  return made;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const made = watchMade();
const requested: string[] = [];
new PerformanceObserver((list) => requested.push(...list.getEntries().map(({ name }) => name))).observe({
  type: 'resource',
});

describe('warming up', () => {
  it('draws every kind of block before there is an answer', async () => {
    const kinds = ['h2', 'p', 'a', 'ul', 'ol', 'li', 'pre', 'table', 'td', 'blockquote', 'hr', 'input', 'kbd', 'sup'];
    await until(() => kinds.every((kind) => made.has(kind)));
  });

  it('puts nothing into the page and asks for nothing', () => {
    expect(document.querySelector('ai-markdown, table, .markdown')).to.equal(null);
    expect(
      requested.filter((name) => !name.startsWith(location.origin) || name.includes('code-colours')),
    ).to.deep.equal([]);
  });
});
