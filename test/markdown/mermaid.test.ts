import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import { mermaid, setMermaidSource } from '../../src/plugins/mermaid.js';
import type { StrictPage } from './strict-page.js';

const DIAGRAM = 'graph TD\n  A[Start] --> B{Choice}\n  B -->|yes| C[End]\n';
const fenced = (code: string): string => `Before.\n\n\`\`\`mermaid\n${code}\`\`\`\n\nAfter.`;
/** A page that takes scripts and frames of its own only, and no string where a browser would read markup or script. */
async function strictPage(): Promise<StrictPage> {
  const frame = await fixture<HTMLIFrameElement>(
    html`<iframe width="800" height="600" src="/artifact-strict.html?feature=markdown&inline&types"></iframe>`,
  );
  const page = (): StrictPage => frame.contentWindow as unknown as StrictPage;
  await waitUntil(() => page()?.show !== undefined, 'the page is there', patience);
  return page();
}

const patience = { timeout: 60_000, interval: 100 };

describe('plugins: mermaid', function () {
  this.timeout(90_000);
  let element: AiMarkdown;
  let loads = 0;

  before(() => {
    setMermaidSource(async () => {
      loads += 1;
      return (await fetch('/node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js')).text();
    });
  });

  beforeEach(async () => {
    element = await fixture(html`<ai-markdown></ai-markdown>`);
    element.plugins = [mermaid()];
    await element.updateComplete;
  });

  const block = (): HTMLElement => element.shadowRoot!.querySelector('.code-block')!;
  const place = (): HTMLElement | null => element.shadowRoot!.querySelector('.construct');
  const state = (): string | undefined => place()?.dataset['state'];

  it('draws a complete diagram in the sandbox, as high as it is, and keeps its code at hand', async () => {
    element.write(fenced(DIAGRAM).slice(0, 60));
    element.flush();
    expect(place()).to.equal(null);
    expect(loads).to.equal(0);
    element.write(fenced(DIAGRAM).slice(60));
    element.end();
    await waitUntil(() => state() !== undefined, 'it is drawn', patience);
    expect(state()).to.equal('drawn');
    const frame = place()!.querySelector('iframe')!;
    expect(frame.getAttribute('sandbox')).to.equal('allow-scripts');
    expect(frame.title).to.equal('Diagram');
    expect(place()!.getBoundingClientRect().height).to.be.greaterThan(80);
    expect(getComputedStyle(block().querySelector('pre')!).display).to.equal('none');
    block().querySelector<HTMLElement>('[data-action=source]')!.click();
    expect(getComputedStyle(block().querySelector('pre')!).display).not.to.equal('none');
    expect(block().querySelector('code')!.textContent).to.equal(DIAGRAM);
  });

  it('shows the code of one that cannot be drawn, and says so', async () => {
    element.value = fenced('graph TD\n  A[Start --> nothing((\n');
    await waitUntil(() => state() !== undefined, 'it is given up', patience);
    expect(state()).to.equal('failed');
    expect(place()!.textContent).to.equal('This could not be drawn. Here is its source.');
    expect(place()!.querySelector('iframe')).to.equal(null);
    expect(getComputedStyle(block().querySelector('pre')!).display).not.to.equal('none');
  });

  it('is drawn again when its text’s colour is another, and stands until then', async () => {
    element.value = fenced(DIAGRAM);
    await waitUntil(() => state() === 'drawn', 'it is drawn', patience);
    const frame = place()!.querySelector('iframe')!;
    const { height } = place()!.getBoundingClientRect();
    let least = Infinity;
    const observer = new ResizeObserver(() => {
      least = Math.min(least, place()!.getBoundingClientRect().height);
    });
    observer.observe(place()!);
    element.style.colorScheme = 'dark';
    await waitUntil(() => place()!.querySelectorAll('iframe').length === 2, 'another is being drawn', patience);
    expect(frame.isConnected).to.equal(true);
    expect(loads).to.equal(1);
    await waitUntil(() => place()!.querySelectorAll('iframe').length === 1, 'it has taken its place', patience);
    observer.disconnect();
    expect(frame.isConnected).to.equal(false);
    expect(state()).to.equal('drawn');
    expect(least).to.be.closeTo(height, 2);
    // The same colour, come by in another way, is nothing new.
    const again = place()!.querySelector('iframe');
    element.style.color = 'white';
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(place()!.querySelector('iframe')).to.equal(again);
  });

  it('is drawn under trusted types, beside formulas and emoji, and nothing is refused', async () => {
    const page = await strictPage();
    const strict = page.show(`Some **text** :tada: with $\\frac{a}{b}$ &copy;.\n\n${fenced(DIAGRAM)}`);
    const places = (): HTMLElement[] => [...strict.shadowRoot!.querySelectorAll<HTMLElement>('.construct')];
    const isDrawn = (): boolean => places().length === 2 && places().every((one) => one.dataset['state'] !== undefined);
    await waitUntil(isDrawn, 'all is drawn', patience);
    expect(places().map((one) => one.dataset['state'])).to.deep.equal(['drawn', 'drawn']);
    expect(strict.shadowRoot!.querySelector('p')!.textContent).to.include('Some text 🎉 with');
    expect(page.refused).to.deep.equal([]);
  });

  it('leaves no frame behind', async () => {
    element.value = fenced(DIAGRAM);
    await waitUntil(() => state() === 'drawn', 'it is drawn', patience);
    const frame = place()!.querySelector('iframe')!;
    element.value = 'Other text.';
    element.flush();
    expect(frame.isConnected).to.equal(false);
    expect(element.shadowRoot!.querySelector('iframe')).to.equal(null);
  });
});
