import type { AxeResults } from 'axe-core';
import 'axe-core/axe.min.js';
import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { emoji } from '../../src/plugins/emoji.js';
import { math } from '../../src/plugins/math.js';
import { mermaid, setMermaidSource } from '../../src/plugins/mermaid.js';

/** axe is a script, not a module: it stands on the window. */
const { axe } = window as unknown as { axe: { run(element: Element, options: object): Promise<AxeResults> } };

async function faults(element: Element): Promise<string[]> {
  // The frame of a diagram is Mermaid's own business.
  const { violations } = await axe.run(element, { iframes: false, rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: code }) => code.slice(0, 160)).join(' | ')}`);
}

const WIDE = `| ${'a wide column | '.repeat(20)}\n${'|---'.repeat(20)}|\n| ${'with a long text | '.repeat(20)}\n`;
const patience = { timeout: 60_000, interval: 50 };

const content = (element: AiMarkdown): HTMLElement => element.shadowRoot!.querySelector('.markdown')!;
const find = (element: AiMarkdown, selector: string): HTMLElement => element.shadowRoot!.querySelector(selector)!;
const isDrawn = (element: AiMarkdown): boolean => !content(element).querySelector('.construct:not([data-state])');

/** What a reader may find a text in, and how it comes to that. */
const STATES: Record<string, { text: string; reach?(element: AiMarkdown): unknown }> = {
  text: {
    text:
      '# Title\n\n## Part\n\nSome **bold**, `code`, <kbd>Ctrl</kbd>, ~~old~~ and [a link](https://a.test).\n\n> quoted\n\n' +
      '- [x] done\n- [ ] open\n\n1. one\n2. two\n\n<details><summary>More</summary>\n\nHidden.\n\n</details>\n\n---\n',
  },
  alerts: {
    text: ['note', 'tip', 'important', 'warning', 'caution']
      .map((kind) => `> [!${kind}]\n> With [a link](https://a.test) and \`code\`.`)
      .join('\n\n'),
  },
  code: { text: '```js\nlet a = 1; // one\n```\n\n```\nplain\n```\n\n```js\nlet b = 2;\n```\n\n```\n```\n' },
  'code that was copied': {
    text: '```js\nlet a = 1;\n```',
    reach: async (element) => {
      find(element, '[data-action=copy]').click();
      await waitUntil(() => find(element, '[data-outcome]'), 'it has an outcome');
    },
  },
  'code that is wrapped': {
    text: `\`\`\`js\nlet a = '${'long '.repeat(200)}';\n\`\`\``,
    reach: (element) => find(element, '[data-action=wrap]').click(),
  },
  'code with numbers': { text: '```js\nlet a;\nlet b;\n```', reach: (element) => (element.lineNumbers = true) },
  tables: { text: '| a | b |\n|---|--:|\n| 1 | 2 |\n\n| c |\n|---|\n| 3 |' },
  'tables that scroll': {
    text: `${WIDE}\nAnd:\n\n${WIDE}`,
    reach: (element) => waitUntil(() => find(element, '.table-scroll[tabindex]'), 'it is known to scroll'),
  },
  footnotes: {
    text: 'A claim[^1] and another[^b], again[^1].\n\n[^1]: First.\n[^b]: Second, see [x](https://a.test).',
  },
  'a footnote that was gone to': {
    text: 'A claim[^1].\n\n[^1]: First.',
    reach: (element) => find(element, '.footnote-reference a').click(),
  },
  pictures: { text: 'See ![A chart](https://pictures.test/a.png) and ![](https://pictures.test/b.png).' },
  'a picture that could not be loaded': {
    text: `![A chart](${location.origin}/no-such-picture.png)`,
    reach: async (element) => {
      find(element, '.image-ask').click();
      await waitUntil(() => find(element, '[data-action=retry]'), 'it is told');
    },
  },
  formulas: {
    text: `So $x^2$ and\n\n$$\n\\frac{a}{b}\n$$\n\n$$\n${'x + '.repeat(300)}y\n$$\n\nbut $\\nothing$.\n\n\`\`\`math\n\\sqrt{x}\n\`\`\``,
    reach: async (element) => {
      await waitUntil(() => isDrawn(element), 'all is drawn', patience);
      await waitUntil(() => find(element, '.construct[tabindex]'), 'a wide one is known to scroll');
    },
  },
  'a diagram': {
    text: '```mermaid\ngraph LR\n  A --> B\n```\n\nand :tada:',
    reach: (element) => waitUntil(() => isDrawn(element), 'it is drawn', patience),
  },
  'a diagram beside its code': {
    text: '```mermaid\ngraph LR\n  A --> B\n```',
    reach: async (element) => {
      await waitUntil(() => isDrawn(element), 'it is drawn', patience);
      find(element, '[data-action=source]').click();
    },
  },
  'a diagram that cannot be drawn': {
    text: '```mermaid\nno diagram at all\n```',
    reach: (element) => waitUntil(() => isDrawn(element), 'it is given up', patience),
  },
  directives: { text: 'See :share[Sales]{of="40"}.\n\n:::note\nInside.\n:::' },
  'the step before a link': {
    text: `[there](https://b.test/${'long/'.repeat(400)})`,
    reach: async (element) => {
      element.linkHosts = 'a.test';
      await element.updateComplete;
      find(element, 'a').click();
    },
  },
  'the step before a link whose text names another host': {
    text: '[https://bank.example](https://evil.test/)',
    reach: (element) => find(element, 'a').click(),
  },
};

describe('rendered text is accessible', function () {
  this.timeout(90_000);

  before(() => {
    setMermaidSource(async () => (await fetch('/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js')).text());
  });

  afterEach(() => {
    document.documentElement.style.cssText = '';
    document.documentElement.dir = '';
  });

  for (const scheme of ['light', 'dark']) {
    for (const [title, { text, reach }] of Object.entries(STATES)) {
      it(`${title}, ${scheme}`, async () => {
        document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas`;
        const element = await fixture<AiMarkdown>(html`<ai-markdown></ai-markdown>`);
        element.plugins = [math(), mermaid(), emoji];
        element.directives = { share: { tag: 'x-share', attributes: ['of'] }, note: { tag: 'x-note' } };
        element.value = text;
        await element.updateComplete;
        await reach?.(element);
        expect(await faults(element)).to.deep.equal([]);
      });
    }
  }
});
