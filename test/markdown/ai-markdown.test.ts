import DOMPurify from 'dompurify';
import { marked } from 'marked';
import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import '../../src/define/ai-markdown.js';
import { claimedHost } from '../../src/markdown/reader/claimed-host.js';
import type { AiMarkdown } from '../../src/define/ai-markdown.js';

async function create(): Promise<AiMarkdown> {
  return fixture(html`<ai-markdown></ai-markdown>`);
}

async function waitFor<Found>(find: () => Found | null | false): Promise<Found> {
  let found: Found | null | false = null;
  await waitUntil(() => (found = find()));
  return found as unknown as Found;
}

const content = (element: AiMarkdown): HTMLElement => element.shadowRoot!.querySelector('.markdown')!;

describe('<ai-markdown>', () => {
  it('renders a value, and only the rest of one that goes on', async () => {
    const element = await create();
    element.value = '# Title\n\nText';
    await element.updateComplete;
    const title = content(element).querySelector('h1');
    element.streaming = true;
    element.value = '# Title\n\nText and more';
    element.flush();
    expect(element.value).to.equal('# Title\n\nText and more');
    expect(content(element).textContent).to.include('Text and more');
    expect(title).not.to.equal(null);
  });

  it('writes, tells that it is streaming, and ends', async () => {
    const element = await create();
    element.write('Some **bo');
    element.flush();
    await element.updateComplete;
    expect(element.matches(':state(streaming)')).to.equal(true);
    expect(content(element).querySelector('strong')!.textContent).to.equal('bo');
    element.write('ld** text');
    element.end();
    await element.updateComplete;
    expect(element.matches(':state(streaming)')).to.equal(false);
    expect(element.streaming).to.equal(false);
    expect(content(element).querySelector('strong')!.textContent).to.equal('bold');
  });

  it('takes a stream of text', async () => {
    const element = await create();
    const bytes = new Response('# From a stream\n\nWith text.').body!;
    await bytes.pipeThrough(new TextDecoderStream()).pipeTo(element.writable);
    expect(content(element).querySelector('h1')!.textContent).to.equal('From a stream');
  });

  it('reads markdown from its own text, indented as the page is', async () => {
    const element = document.createElement('ai-markdown');
    element.textContent = '\n      # In the page\n\n      - a list\n    ';
    document.body.append(element);
    await element.updateComplete;
    element.flush();
    expect(content(element).querySelector('h1')!.textContent).to.equal('In the page');
    expect(content(element).querySelector('li')!.textContent).to.equal('a list');
    element.remove();
  });

  it('asks before a link is followed, and takes no for an answer', async () => {
    const element = await create();
    element.value = '[go](https://a.test/x)';
    let url = '';
    element.addEventListener('ai-link', (event) => {
      url = event.url;
      event.preventDefault();
    });
    const link = content(element).querySelector('a')!;
    const click = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    link.dispatchEvent(click);
    expect(url).to.equal('https://a.test/x');
    expect(click.defaultPrevented).to.equal(true);
    expect(link.rel).to.equal('noopener noreferrer nofollow ugc');
  });

  it('shows the whole address before a link leaves the listed hosts', async () => {
    const element = await create();
    element.linkHosts = 'a.test';
    element.value = '[here](https://a.test/x) [there](https://b.test/y?z=1)';
    await element.updateComplete;
    const [here, there] = content(element).querySelectorAll('a');
    expect(here!.hasAttribute('href')).to.equal(true);
    expect(there!.hasAttribute('href'), 'no menu passes by the step').to.equal(false);
    there!.click();
    const dialog = element.shadowRoot!.querySelector('dialog')!;
    expect(dialog.open).to.equal(true);
    expect(dialog.textContent).to.include('https://b.test/y?z=1');
    expect(dialog.querySelector('.leaving-host')!.textContent).to.equal('b.test');
    const opened: unknown[][] = [];
    const { open } = window;
    window.open = (...args) => (opened.push(args), null);
    [...dialog.querySelectorAll('button')].at(-1)!.click();
    window.open = open;
    expect(opened).to.deep.equal([['https://b.test/y?z=1', '_blank', 'noopener,noreferrer']]);
    // A dialog tells of its end a task later, or two.
    await waitUntil(() => element.shadowRoot!.querySelector('dialog') === null, 'the dialog is gone');
  });

  it('shows it to a keyboard too, and stays until it is answered', async () => {
    const element = await create();
    element.linkHosts = 'a.test';
    element.value = '[there](https://b.test/y)';
    await element.updateComplete;
    content(element).querySelector('a')!.focus();
    await sendKeys({ press: 'Enter' });
    await aTimeout(50);
    const dialog = element.shadowRoot!.querySelector('dialog');
    expect(dialog?.open, 'the press that opened it has not closed it').to.equal(true);
    expect(element.shadowRoot!.activeElement!.textContent).to.equal('Stay here');
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => element.shadowRoot!.querySelector('dialog') === null, 'the dialog is gone');
    expect(element.shadowRoot!.activeElement!.textContent).to.equal('there');
  });

  it('warns of a link whose text names another host', async () => {
    const element = await create();
    element.value = '[https://bank.example](https://evil.test/)';
    content(element).querySelector('a')!.click();
    const dialog = element.shadowRoot!.querySelector('dialog')!;
    expect(dialog.textContent).to.include('bank.example');
    dialog.close();
  });

  it('loads a picture when asked to, and names its host before', async () => {
    const element = await create();
    element.value = '![A chart](https://pictures.test/chart.png)';
    const button = content(element).querySelector('button')!;
    expect(button.textContent).to.include('pictures.test');
    expect(content(element).querySelector('img')).to.equal(null);
    button.click();
    expect(content(element).querySelector('img')!.getAttribute('src')).to.equal('https://pictures.test/chart.png');
  });

  it('says that a picture could not be loaded, with its description, and tries again when asked', async () => {
    const element = await create();
    const address = `${location.origin}/no-such-picture.png`;
    element.value = `![A chart](${address}) after`;
    const ask = content(element).querySelector('button')!;
    ask.focus();
    ask.click();
    const picture = content(element).querySelector('img')!;
    expect(element.shadowRoot!.activeElement, 'the reader goes on from there').to.equal(picture);
    const retry = await waitFor(() => content(element).querySelector<HTMLElement>('[data-action=retry]'));
    expect(retry.textContent).to.equal(`A chartIt could not be loaded from ${location.host}. Try again`);
    expect(getComputedStyle(picture).display).to.equal('none');
    expect(element.shadowRoot!.activeElement).to.equal(retry);
    await waitFor(() => /could not be loaded/.test(element.shadowRoot!.querySelector('[role=status]')!.textContent!));
    retry.click();
    expect(retry.isConnected).to.equal(false);
    expect(picture.src).to.equal(address);
    await waitFor(() => content(element).querySelector('[data-action=retry]'));
    expect(content(element).querySelectorAll('[data-action=retry]').length).to.equal(1);
  });

  it('loads pictures of listed hosts, and of the page itself only if that is listed', async () => {
    const element = await create();
    element.imageHosts = 'self pictures.test';
    element.value = '![a](https://pictures.test/a.png) ![b](/own.png) ![c](https://other.test/c.png)';
    await element.updateComplete;
    const loaded = [...content(element).querySelectorAll('img')].map((image) => image.getAttribute('src'));
    expect(loaded).to.deep.equal(['https://pictures.test/a.png', `${location.origin}/own.png`]);
  });

  it('tells what code was copied', async () => {
    const element = await create();
    element.value = '```sh\necho "<b>&amp;"\n```';
    let copied = '';
    element.addEventListener('ai-code-copy', (event) => {
      copied = `${event.language}: ${event.code}`;
    });
    content(element).querySelector<HTMLButtonElement>('[data-action="copy"]')!.click();
    expect(copied).to.equal('sh: echo "<b>&amp;"');
  });

  it('keeps its text when it is moved', async () => {
    const element = await create();
    element.write('One ');
    const other = document.createElement('div');
    document.body.append(other);
    other.append(element);
    element.write('two.');
    element.end();
    await element.updateComplete;
    expect(content(element).textContent!.trim()).to.equal('One two.');
    other.remove();
  });

  it('has no caret behind a text that had ended and was set once more while streaming', async () => {
    const element = await create();
    element.value = 'One.';
    await element.updateComplete;
    element.streaming = true;
    element.value = 'One.';
    element.flush();
    element.streaming = false;
    await element.updateComplete;
    expect(content(element).outerHTML).to.not.match(/data-(?:streaming|caret)/);
  });

  it('goes on where it was after it has been out of the page', async () => {
    const element = await create();
    element.write('One ');
    const parent = element.parentElement!;
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    element.write('two.');
    parent.append(element);
    await element.updateComplete;
    element.end();
    expect(content(element).textContent!.trim()).to.equal('One two.');
  });

  it('shows what it would have shown at once, whatever it was set to before', async () => {
    const element = await create();
    const other = await create();
    for (const value of ['# A\n\n- b', '# A', '', 'x [r]\n\n[r]: https://a.test/', 'x [r]', '| a |\n|-|\n| 1 |']) {
      element.streaming = true;
      element.value = `${value} and more`;
      element.flush();
      element.value = value.slice(0, 3);
      element.flush();
      element.parentElement!.append(element);
      element.value = value;
      element.end();
      other.value = value;
      await element.updateComplete;
      await other.updateComplete;
      expect(element.value).to.equal(value);
      expect(content(element).innerHTML, value).to.equal(content(other).innerHTML);
    }
  });

  const answers: Record<string, (element: AiMarkdown) => void> = {
    'sets another text': (element) => (element.value = 'Another text.'),
    'draws what there is': (element) => element.flush(),
    'writes more': (element) => element.write(' More.'),
    'ends it': (element) => element.end(),
  };
  for (const [act, answer] of Object.entries(answers)) {
    it(`shows its text once, and nothing of one before, where a host that hears a warning ${act}`, async () => {
      const row = (cell: string): string => `|${`${cell}|`.repeat(600)}\n`;
      const wide = `First.\n\n${row('a')}${row('-')}${row('b')}\nLast.`;
      for (const [value, pieces] of [
        [wide, []],
        ['', wide.match(/[^]{1,400}/g)!],
      ] as const) {
        const element = await create();
        element.addEventListener('ai-warning', () => answer(element), { once: true });
        element.value = value;
        for (const piece of pieces) {
          element.write(piece);
          element.flush();
        }
        element.end();
        await element.updateComplete;
        element.end();
        const other = await create();
        other.value = element.value;
        await other.updateComplete;
        expect(content(element).innerHTML === content(other).innerHTML, content(element).innerHTML).to.equal(true);
      }
    });
  }

  it('loads a picture in a link when asked to, and does not follow the link for that', async () => {
    const element = await create();
    element.value = '[![A chart](https://pictures.test/chart.png)](https://a.test/)';
    const followed: string[] = [];
    element.addEventListener('ai-link', (event) => {
      followed.push(event.url);
      event.preventDefault();
    });
    const press = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
    content(element).querySelector('button')!.dispatchEvent(press);
    expect(press.defaultPrevented).to.equal(true);
    expect(followed).to.deep.equal([]);
    content(element).querySelector('img')!.click();
    expect(followed).to.deep.equal(['https://a.test/']);
  });

  const FAR = `https://a.test/?q=${'x'.repeat(300)}`;
  for (const [text, named, address = FAR] of [
    ['https://bank.test', 'bank.test'],
    ['bank.test/login', 'bank.test'],
    ['www.bank.test', 'bank.test'],
    ['b\u0430nk.test', 'b\u0430nk.test'],
    ['\u202Ebank.test\u202C', 'bank.test'],
    ['ban\u200Bk.te\u00ADst', 'bank.test'],
    ['🔒 bank.test →', 'bank.test'],
    ['“https://bank.test/login”', 'bank.test'],
    ['Sign in at https://bank.test, now', 'bank.test'],
    ['https\\://bank.test@a.test/', 'bank.test'],
    ['http:/bank.test', 'bank.test'],
    ['bank\u3002test', 'bank\u3002test'],
    ['bank.xn--p1ai', 'bank.xn--p1ai'],
    ['https://192.0.2.1', '192.0.2.1'],
    ['bank\u2024test', 'bank.test'],
    ['https\uFF1A\u2215\u2215bank.test', 'bank.test'],
    ['bank.test\u2044login', 'bank.test'],
    ['bank.test\\\\login', 'bank.test'],
    ['\uFF42\u{1D41A}nk.test', 'bank.test'],
    ['help@bank.test', 'bank.test'],
    ['help@bank.test', 'bank.test', 'mailto:x@a.test'],
    ['https://bank.test', 'bank.test', 'mailto:x@a.test?subject=a@bank.test'],
    ['bank.test – sign in', 'bank.test'],
    ['BANK.COM account', 'BANK.COM'],
    ['my bank.com-login', 'bank.com'],
    ['请访问bank.com登录', 'bank.com'],
    ['Bank.NET', 'Bank.NET'],
    ['write to help@bank.de', 'bank.de'],
    ['docs.bank.test', 'docs.bank.test', 'https://bank.test/'],
    // What is written is where it leads, and is read as another.
    ['аррӏе.com', 'аррӏе.com', 'https://xn--80ak6aa92e.com/'],
    ['https://b\u0430nk.test/x', 'b\u0430nk.test', 'https://xn--bnk-6cd.test/x'],
    ['https://пример.com', undefined, 'https://xn--e1afmkfd.com/'],
    ['москва.рф', undefined, 'https://xn--80adxhks.xn--p1ai/'],
    ['bücher.test', undefined, 'https://xn--bcher-kva.test/'],
    ['x@a.test', undefined, 'mailto:x@a.test'],
    ['write to us', undefined, 'mailto:x@a.test'],
    ['@me@a.test', undefined],
    ['see https://www.a.test/y and www.a.test.', undefined],
    ['https://<your-host>/path', undefined],
    ['1.2.3', undefined],
    ['Node.js', undefined],
    ['ASP.NET', undefined],
    ['README.md', undefined],
    ['a.test', undefined],
    ['bank.test – sign in', undefined, 'https://login.bank.test/'],
    ['ASP.NET Core', undefined],
    ['the torch.nn.Linear layer', undefined],
    ['It was late.So we went', undefined],
    ['谢谢。AI 助手', undefined],
    ['你好。世界', undefined],
    ['请访问a.test登录', undefined],
    ['https://a.test/x/https://bank.test/', undefined, 'https://a.test/x/https://bank.test/'],
    ['https://www.a.test/x', undefined],
    ['the page', undefined],
  ] as const) {
    it(`${named ? 'shows where it leads' : 'follows at once'}: a link that says ${text}`, async () => {
      const element = await create();
      element.value = `[${text}](${address})`;
      const press = new MouseEvent('click', { bubbles: true, composed: true, cancelable: true });
      element.addEventListener('click', (event) => event.preventDefault());
      content(element).querySelector('a')!.dispatchEvent(press);
      const dialog = element.shadowRoot!.querySelector('dialog');
      expect(dialog !== null).to.equal(named !== undefined);
      if (!dialog) return;
      expect(dialog.querySelector('.leaving-address')!.textContent).to.equal(address);
      expect(dialog.querySelector('.leaving-mismatch')!.textContent).to.include(named);
      dialog.close();
    });
  }

  for (const [source, named] of [
    ['[Sign in](https://a.test/ "https://bank.test/login")', 'bank.test'],
    ['bank.test/[login](https://a.test/)', 'bank.test'],
    ['**[bank](https://a.test/)**.test', 'bank.test'],
    ['[ba](https://a.test/)[nk.test](https://a.test/)', 'bank.test'],
    ['[![a](https://bank.test/a.png) read more](https://a.test/)', undefined],
    ['so says bank.test[[1]](https://a.test/)', undefined],
    ['bank.test [says so](https://a.test/)', undefined],
  ] as const) {
    it(`${named ? 'shows where it leads' : 'follows at once'}: the last link of ${source}`, async () => {
      const element = await create();
      element.value = source;
      element.addEventListener('click', (event) => event.preventDefault());
      [...content(element).querySelectorAll('a')].at(-1)!.click();
      const dialog = element.shadowRoot!.querySelector('dialog');
      expect(dialog?.querySelector('.leaving-mismatch')?.textContent ?? undefined).to[named ? 'include' : 'equal'](
        named,
      );
    });
  }

  it('opens nothing by a click that was meant for the link below the step', async () => {
    const element = await create();
    element.value = '[bank.test](https://a.test/)';
    content(element).querySelector('a')!.click();
    const open = [...element.shadowRoot!.querySelectorAll('dialog button')].at(-1)!;
    const [early] = open.getAnimations();
    early!.currentTime = 0;
    expect(getComputedStyle(open).pointerEvents).to.equal('none');
    early!.finish();
    expect(getComputedStyle(open).pointerEvents).to.equal('auto');
  });

  it('reads the text of a link at once, whatever signs stand in it', () => {
    const before = performance.now();
    for (const text of [`a${'!'.repeat(200_000)}a https://b${'-'.repeat(200_000)}b`, 'a.'.repeat(200_000)])
      claimedHost(text, 'https://a.test/');
    expect(performance.now() - before).to.be.below(1000);
  });

  it('is not weakened by what the page does to its own DOMPurify and marked', async () => {
    DOMPurify.setConfig({ ADD_TAGS: ['script', 'form'], ADD_ATTR: ['onclick', 'style'] });
    DOMPurify.addHook('afterSanitizeAttributes', (node) => node.setAttribute('title', 'from the page'));
    marked.use({ renderer: { text: () => '<script>1</script>' }, hooks: { preprocess: () => 'from the page' } });
    const element = await create();
    element.value = 'a <kbd title="t1" onclick="alert(1)">b</kbd> &copy; <form>';
    const kbd = content(element).querySelector('kbd')!;
    expect(kbd.getAttributeNames()).to.deep.equal(['title']);
    expect(kbd.title).to.equal('t1');
    expect(content(element).textContent!.trim()).to.equal('a b © <form>');
    DOMPurify.clearConfig();
    DOMPurify.removeAllHooks();
    marked.setOptions(marked.getDefaults());
  });
});
