import { expect, fixture, html } from '@open-wc/testing';
import '../../src/define/ai-artifact-panel.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import '../../src/define/ai-markdown.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';
import '../../src/define/ai-stream-chat.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import { artifactPage } from '../../src/artifact/artifact-page.js';
import { registerBuiltinKinds } from '../../src/artifact/builtin-kinds.js';
import { math } from '../../src/plugins/math.js';
import { eventually } from './panel-fixture.js';

const TEXT =
  'So $x^2$ and :share[Sales]{of="40"}, see [there](https://b.test/y).\n\n![A chart](https://pictures.test/a.png)\n\n' +
  '```js\nlet a;\n```\n';

const root = (panel: AiArtifactPanel): ShadowRoot => panel.shadowRoot!;
const find = (panel: AiArtifactPanel, selector: string): HTMLElement | null => root(panel).querySelector(selector);

async function both(): Promise<{ chat: AiStreamChat; panel: AiArtifactPanel }> {
  const box = await fixture(
    html`<div><ai-stream-chat id="chat"></ai-stream-chat><ai-artifact-panel for="chat"></ai-artifact-panel></div>`,
  );
  return { chat: box.querySelector('ai-stream-chat')!, panel: box.querySelector('ai-artifact-panel')! };
}

function write(panel: AiArtifactPanel, content = TEXT): void {
  panel.apply({ type: 'artifact-start', id: 'a', kind: 'markdown', title: 'Notes' });
  panel.apply({ type: 'artifact-delta', id: 'a', delta: content });
  panel.apply({ type: 'artifact-end', id: 'a' });
}

describe('A markdown artifact', () => {
  it('is rendered by the settings of the chat that it belongs to', async () => {
    const { chat, panel } = await both();
    chat.plugins = [math()];
    chat.directives = { share: { tag: 'x-share', attributes: ['of'] } };
    chat.linkHosts = 'a.test';
    chat.imageHosts = 'pictures.test';
    chat.strings = { markdown: { copyCode: () => 'Code kopieren' } };
    write(panel);
    await eventually(() => find(panel, '.markdown math msup'), 'the formula');
    expect(find(panel, 'x-share')!.outerHTML).to.equal('<x-share of="40">Sales</x-share>');
    expect(find(panel, 'a[data-url]')!.textContent).to.equal('there');
    expect(find(panel, 'img')!.getAttribute('src')).to.equal('https://pictures.test/a.png');
    expect(find(panel, '[data-action=copy]')!.ariaLabel).to.equal('Code kopieren');
  });

  it('looks as it does elsewhere: what the panel is made of is styled by itself', async () => {
    const text = '## Title\n\n- [x] done\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<table><tr><td>1</td></tr></table>\n';
    const { panel } = await both();
    write(panel, text);
    await eventually(() => find(panel, '.markdown > table'), 'the text');
    const alone = await fixture<AiMarkdown>(html`<ai-markdown .value=${text}></ai-markdown>`);
    const looks = ['borderTopStyle', 'borderCollapse', 'maxWidth', 'minHeight', 'overflow', 'padding', 'position'];
    looks.push('textOverflow', 'whiteSpace');
    for (const selector of ['h2', 'input', 'th', 'td', 'table:not(.table-scroll *)']) {
      const [own, other] = [find(panel, `.markdown ${selector}`), alone.shadowRoot!.querySelector(selector)].map(
        (element) => {
          const style = getComputedStyle(element!) as unknown as Record<string, string>;
          return looks.map((name) => `${name}: ${style[name]}`);
        },
      );
      expect(own, selector).to.deep.equal(other);
    }
  });

  it('is rendered by the panel’s own settings, which go before', async () => {
    const { chat, panel } = await both();
    chat.imageHosts = 'pictures.test';
    panel.plugins = [math()];
    panel.imageHosts = '';
    write(panel);
    await eventually(() => find(panel, '.markdown math'), 'the formula');
    expect(find(panel, 'img')).to.equal(null);
    expect(find(panel, '.image-ask')!.textContent).to.include('pictures.test');
  });

  it('is rendered anew when these are others, and only then', async () => {
    const { panel } = await both();
    write(panel);
    await eventually(() => find(panel, '.markdown p'), 'the text');
    const first = find(panel, '.markdown p');
    panel.requestUpdate();
    await panel.updateComplete;
    expect(find(panel, '.markdown p')).to.equal(first);
    panel.plugins = [math()];
    await eventually(() => find(panel, '.markdown math'), 'the formula');
    expect(root(panel).querySelectorAll('.markdown').length).to.equal(1);
  });

  it('tells the host of the panel about a link that is followed', async () => {
    const { panel } = await both();
    const urls: string[] = [];
    panel.addEventListener('ai-link', (event) => {
      urls.push(event.url);
      event.preventDefault();
    });
    write(panel);
    (await eventually(() => find(panel, '.markdown a'), 'the link')).click();
    expect(urls).to.deep.equal(['https://b.test/y']);
  });

  it('is kept in a file with its formulas, and without buttons that would do nothing there', async () => {
    registerBuiltinKinds();
    const artifact = { id: 'a', kind: 'markdown', content: TEXT, status: 'complete' as const };
    const page = new DOMParser().parseFromString(await artifactPage(artifact, 'T', { plugins: [math()] }), 'text/html');
    expect(page.querySelectorAll('math msup').length).to.equal(1);
    expect(page.querySelector('button, [part], [data-chrome], iframe')).to.equal(null);
    expect(page.querySelector('a[href="https://pictures.test/a.png"]')!.textContent).to.equal('A chart');
    expect(page.querySelector('pre')!.textContent).to.equal('let a;\n');
  });
});
