import { aTimeout, expect } from '@open-wc/testing';
import { outerDocument } from '../../src/artifact/preview/frame/frame-document.js';
import { framePolicy, safeOrigins } from '../../src/artifact/preview/frame/frame-policy.js';
import { frameAddress, looksSameSite } from '../../src/artifact/preview/frame/frame-address.js';
import { LONGEST_MESSAGE, RateLimit, readFrameMessage } from '../../src/artifact/preview/frame/frame-messages.js';
import type { AiArtifactErrorEvent } from '../../src/events.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, button, delta, end, eventually, panelFor, part, shown, start } from './panel-fixture.js';
import { findSink } from './sink.js';

const html = (body: string): ReturnType<typeof delta> => delta('a', body);
const say = (text: string): string => `<script>console.log(${JSON.stringify(text)})</script>`;

/** What a panel's previews write and fail with. */
function listen(panel: AiArtifactPanel): { told: string[]; errors: AiArtifactErrorEvent[] } {
  const told: string[] = [];
  const errors: AiArtifactErrorEvent[] = [];
  panel.addEventListener('ai-artifact-console', (event) => told.push(event.args.join(' ')));
  panel.addEventListener('ai-artifact-error', (event) => errors.push(event));
  return { told, errors };
}

describe('A preview runs', () => {
  beforeEach(() => sessionStorage.clear());

  it('once, when the artifact is complete, and not while it is written', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    panel.view = 'preview';
    const { told } = listen(panel);
    session.receive('m', start('a', 'html'), html(`<p>one</p>${say('ran')}`));
    await shown(panel);
    for (let n = 0; n < 5; n++) {
      session.receive('m', html(`<p>${n}</p>`));
      await shown(panel);
    }
    await aTimeout(400);
    expect(told, 'a draft runs nothing').to.deep.equal([]);
    session.receive('m', end('a'));
    await eventually(() => told.length > 0, 'the run');
    await aTimeout(200);
    expect(told).to.deep.equal(['ran']);
  });

  it('never with run="never", whatever the document tries, and still shows it', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    panel.run = 'never';
    const { told } = listen(panel);
    const tries = `${say('script')}<img src="data:," onerror="console.log('handler')"><body onload="console.log('load')"><a id="x" href="javascript:console.log('link')">x</a><svg onload="console.log('svg')"></svg>`;
    session.receive('m', start('a', 'html'), html(tries), end('a'));
    await eventually(() => part(panel, 'preview'), 'the frame');
    await aTimeout(500);
    expect(told).to.deep.equal([]);
    expect(panel.shadowRoot!.textContent).to.contain('Shown without its scripts.');
  });

  it('on request with run="manual"', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    panel.run = 'manual';
    const { told } = listen(panel);
    session.receive('m', start('a', 'html'), html(say('ran')), end('a'));
    await eventually(() => panel.shadowRoot!.textContent?.includes('Shown without'), 'the still document');
    await shown(panel);
    expect(told).to.deep.equal([]);
    button(panel, 'Run').click();
    await eventually(() => told.length > 0, 'the run');
    expect(told).to.deep.equal(['ran']);
  });

  it('in a new frame each time, and no frame outlives it', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { told } = listen(panel);
    session.receive('m', start('a', 'html'), html(say('ran')), end('a'));
    await eventually(() => told.length === 1, 'the first run');
    const first = panel.shadowRoot!.querySelector('iframe');
    await shown(panel);
    button(panel, 'Run again').click();
    await eventually(() => told.length === 2, 'the second run');
    await eventually(() => panel.shadowRoot!.querySelectorAll('iframe').length === 1, 'one frame');
    expect(panel.shadowRoot!.querySelector('iframe')).not.to.equal(first);
    panel.remove();
    await aTimeout(20);
    expect(panel.shadowRoot!.querySelectorAll('iframe')).to.have.length(0);
  });

  it('again after the panel was moved, in a frame of its own', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { told } = listen(panel);
    session.receive('m', start('a', 'html'), html(say('ran')), end('a'));
    await eventually(() => told.length === 1, 'the first run');
    panel.parentElement!.append(document.createElement('i'), panel);
    await eventually(() => told.length === 2, 'the run after the move');
  });

  it('and its errors can be handed to the chat, unless the host takes them', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { errors } = listen(panel);
    session.receive(
      'm',
      start('a', 'html', { title: 'Clock' }),
      html('<p>x</p>\n<script>\nmissing();\n</script>'),
      end('a'),
    );
    await eventually(() => errors.length > 0, 'the error');
    expect(errors[0]!.code).to.equal('script');
    expect(errors[0]!.message).to.contain('missing is not defined');
    expect(errors[0]!.line, "the artifact's own line").to.equal(3);
    await shown(panel);
    button(panel, 'Ask for a fix').click();
    expect(session.sent).to.have.length(1);
    expect(session.sent[0]).to.contain('missing is not defined').and.to.contain('"Clock"').and.to.contain('version 1');
    panel.addEventListener('ai-artifact-edit', (event) => event.preventDefault(), { once: true });
    button(panel, 'Ask for a fix').click();
    expect(session.sent, 'the host took it').to.have.length(1);
  });

  it('and what it writes too much or too long is dropped and counted', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { told } = listen(panel);
    const flood = `<script>parent.postMessage({type:'console',level:'log',args:['x'.repeat(10_000_000)]}, '*');
      parent.postMessage({type:'__proto__'}, '*'); parent.postMessage({type:'constructor'}, '*'); parent.postMessage(null, '*');
      parent.postMessage({type:'console',level:'log',args:[{a:1}]}, '*');
      for (let n = 0; n < 10000; n++) console.log(n);</script>`;
    session.receive('m', start('a', 'html'), html(flood), end('a'));
    await eventually(() => panel.shadowRoot!.textContent?.includes('too many or too long'), 'the count');
    expect(told.length).to.be.within(20, 200);
    expect(told.some((text) => text.length > LONGEST_MESSAGE)).to.equal(false);
  });

  it('does not take the focus from where the reader types', async () => {
    const input = document.createElement('input');
    document.body.prepend(input);
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { told } = listen(panel);
    input.focus();
    const thief =
      "<input id=i autofocus><script>setInterval(() => { window.focus(); i.focus() }, 30); setTimeout(() => console.log('tried'), 400)</script>";
    session.receive('m', start('a', 'html'), html(thief), end('a'));
    await eventually(() => told.length > 0, 'the attempts');
    expect(document.activeElement === input).to.equal(true);
    input.remove();
  });

  describe('and asks for a link to be opened', () => {
    let isActive = false;
    const own = Object.getOwnPropertyDescriptor(Navigator.prototype, 'userActivation')!;

    /** As if the reader had just done something, or not. */
    before(() => Object.defineProperty(navigator, 'userActivation', { configurable: true, get: () => ({ isActive }) }));
    after(() => Object.defineProperty(navigator, 'userActivation', own));

    async function asking(...urls: string[]): Promise<{ panel: AiArtifactPanel; asked: string | undefined }> {
      const session = new ScriptedSession();
      const panel = await panelFor(session);
      const { told } = listen(panel);
      const tell = urls.map((url) => `parent.postMessage(${JSON.stringify({ type: 'link', url })}, '*');`).join('');
      session.receive('m', start('a', 'html'), html(`<script>${tell}</script>${say('sent')}`), end('a'));
      await eventually(() => told.length > 0, 'the messages');
      await shown(panel);
      return { panel, asked: part(panel, 'link')?.querySelector('bdi')!.textContent ?? undefined };
    }

    it('which is shown whole, as it is resolved, and opened only where the host lets it be', async () => {
      isActive = true;
      const { panel, asked } = await asking('HTTPS://a.example/x\u202Ey');
      expect(asked).to.equal('https://a.example/x%E2%80%AEy');
      const followed: string[] = [];
      panel.addEventListener('ai-link', (event) => {
        followed.push(event.url);
        event.preventDefault();
      });
      button(panel, 'Open in a new tab').click();
      expect(followed).to.deep.equal([asked]);
    });

    it('which is not opened by a click that was meant for the preview', async () => {
      isActive = true;
      const { panel } = await asking('https://a.example/');
      const open = button(panel, 'Open in a new tab');
      const [early] = open.getAnimations();
      early!.currentTime = 0;
      expect(getComputedStyle(open).pointerEvents).to.equal('none');
      early!.finish();
      expect(getComputedStyle(open).pointerEvents).to.equal('auto');
    });

    it('which another does not take the place of, between the look and the press', async () => {
      isActive = true;
      expect((await asking('https://a.example/', 'https://evil.example/')).asked).to.equal('https://a.example/');
    });

    for (const url of ['javascript:alert(1)', 'https://bank.example@evil.example/', 'data:text/html,x', 'https:']) {
      it(`which may not be followed: ${url}`, async () => {
        isActive = true;
        expect((await asking(url)).asked).to.equal(undefined);
      });
    }

    it('where the reader has done nothing', async () => {
      isActive = false;
      expect((await asking('https://a.example/')).asked).to.equal(undefined);
    });
  });

  it('says of what it writes which version has written it', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const told: unknown[] = [];
    panel.addEventListener('ai-artifact-console', ({ id, version, args }) => told.push([id, version, ...args]));
    session.receive('m', start('a', 'html'), html(say('first')), end('a'));
    await eventually(() => told.length === 1, 'the first version');
    session.receive('n', start('a', 'html'), html(say('second')), end('a'));
    await eventually(() => told.length === 2, 'the second');
    expect(told).to.deep.equal([
      ['a', 1, 'first'],
      ['a', 2, 'second'],
    ]);
  });

  it('keeps its scroll from one version to the next', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { told } = listen(panel);
    const tall = '<div style="height:5000px"></div>';
    session.receive(
      'm',
      start('a', 'html'),
      html(`${tall}<script>scrollTo(0, 700); setTimeout(() => console.log('at', scrollY), 500)</script>`),
      end('a'),
    );
    await eventually(() => told.includes('at 700'), 'the scroll');
    session.receive(
      'n',
      start('a', 'html'),
      html(`${tall}<script>setTimeout(() => console.log('again at', scrollY), 300)</script>`),
      end('a'),
    );
    await eventually(() => told.some((text) => text.startsWith('again')), 'the next version');
    expect(told.at(-1)).to.equal('again at 700');
  });
});

/** Where a sandboxed frame shares the page's process, an endless loop in it would end the test run instead. */
const { isolatesFrames } = (await (await fetch('/browser.json')).json()) as { isolatesFrames: boolean };

(isolatesFrames ? describe : describe.skip)('A preview that hangs', () => {
  beforeEach(() => sessionStorage.clear());

  it('is found, leaves the page alive, can be stopped, and asks before it runs again', async function () {
    this.timeout(30_000);
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const { errors, told } = listen(panel);
    const loop = `${say('up')}<script>setTimeout(() => { for (;;); }, 100)</script>`;
    session.receive('m', start('a', 'html'), html(loop), end('a'));
    await eventually(() => told.length > 0, 'the start');
    let longest = 0;
    let last = performance.now();
    const ticks = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 20);
    await eventually(() => errors.length > 0, 'the discovery', 15_000);
    clearInterval(ticks);
    expect(errors[0]!.code).to.equal('hung');
    expect(longest, 'the page itself was never held up for long').to.be.lessThan(2000);
    await shown(panel);
    button(panel, 'Stop').click();
    await shown(panel);
    expect(panel.shadowRoot!.querySelector('iframe')).to.equal(null);
    const next = await panelFor(session);
    await shown(next);
    next.show('a');
    await eventually(() => next.shadowRoot!.textContent?.includes('stopped answering the last time'), 'the question');
    expect(next.shadowRoot!.querySelector('iframe')).to.equal(null);
    button(next, 'Run it anyway');
  });
});

async function strictPanel(
  query: string,
): Promise<{ panel: AiArtifactPanel; window: Window; frame: HTMLIFrameElement }> {
  const frame = document.createElement('iframe');
  frame.style.cssText = 'inline-size:60rem;block-size:30rem';
  frame.src = `/artifact-strict.html${query}`;
  document.body.append(frame);
  await eventually(() => frame.contentWindow?.customElements.get('ai-artifact-panel'), 'the strict page');
  const panel = frame.contentDocument!.createElement('ai-artifact-panel');
  frame.contentDocument!.body.append(panel);
  return { panel, window: frame.contentWindow!, frame };
}

function run(panel: AiArtifactPanel): void {
  panel.apply({ type: 'artifact-start', id: 'a', kind: 'html' });
  panel.apply({ type: 'artifact-delta', id: 'a', delta: say('ran') });
  panel.apply({ type: 'artifact-end', id: 'a' });
}

describe('On a strict page', () => {
  it('that allows no inline script, the reader is told and the host learns why', async () => {
    const { panel, frame } = await strictPanel('');
    const { errors, told } = listen(panel);
    run(panel);
    await eventually(() => errors.length > 0, 'the error');
    expect(errors[0]!.code).to.equal('blocked');
    expect(errors[0]!.remedy).to.contain('sandbox-origin');
    await shown(panel);
    expect(panel.shadowRoot!.textContent).to.contain('does not allow previews');
    expect(told).to.deep.equal([]);
    frame.remove();
  });

  it('the frame runs from the host’s other origin', async () => {
    const sink = await findSink();
    const headers = { 'content-security-policy': `${framePolicy()}; sandbox allow-scripts` };
    await fetch(`${sink.origin}/frame`, {
      method: 'POST',
      body: JSON.stringify({ body: outerDocument(framePolicy()), headers }),
    });
    const { panel, frame } = await strictPanel('');
    panel.sandboxOrigin = sink.origin;
    const { told } = listen(panel);
    run(panel);
    await eventually(() => told.length > 0, 'the run');
    expect(told).to.deep.equal(['ran']);
    expect(panel.shadowRoot!.querySelector('iframe')!.getAttribute('sandbox')).to.equal('allow-scripts');
    frame.remove();
  });

  it('that asks for trusted types, the frame is made through the policy ai-artifact', async () => {
    const { panel, frame } = await strictPanel('?inline&types');
    const { told } = listen(panel);
    run(panel);
    await eventually(() => told.length > 0, 'the run');
    expect(told).to.deep.equal(['ran']);
    frame.remove();
  });

  it('that policy makes nothing but the frame of a preview, whoever gets hold of it', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a', 'html'), html('x'), end('a'));
    await eventually(() => part(panel, 'preview'), 'the frame');
    const policy = (globalThis as any)[Symbol.for('ai-stream-elements: ai-artifact')];
    expect(String(policy.createHTML(outerDocument('x')))).to.contain('<!doctype html>');
    expect(() => policy.createHTML('<img src=x onerror=alert(1)>')).to.throw(TypeError);
  });
});

describe('The rules of a preview', () => {
  it('let only addresses into the policy that cannot become directives', () => {
    const fine = [
      'https://cdn.example',
      'https://cdn.example:8443',
      'https://cdn.example/npm/',
      'http://localhost:3000',
    ];
    const bad = [
      'http://cdn.example',
      'https://a;script-src',
      "https://a'b",
      'https://*',
      '*',
      'data:',
      "'unsafe-inline'",
      'https://a\nb;',
      'https://a?b',
      'javascript:alert(1)',
      'https://',
      'https://a"b',
    ];
    expect(safeOrigins(fine.join(' '))).to.deep.equal({ origins: fine, refused: [] });
    for (const entry of bad) {
      const { origins } = safeOrigins(entry);
      expect(framePolicy(origins).split(';').length, entry).to.equal(framePolicy().split(';').length);
      expect(
        origins.every((origin) => /^https?:\/\/[a-z]/.test(origin)),
        entry,
      ).to.equal(true);
    }
    expect(framePolicy(['https://cdn.example']))
      .to.contain('connect-src https://cdn.example')
      .and.to.contain("frame-src 'none'");
  });

  it('refuse the page’s own origin for the sandbox', () => {
    expect(frameAddress('https://app.example', 'https://app.example/chat')).to.have.property('refused');
    expect(frameAddress('http://other.example', 'https://app.example/')).to.have.property('refused');
    expect(frameAddress('nonsense', 'https://app.example/')).to.have.property('refused');
    expect(frameAddress('https://box.example', 'https://app.example/')).to.deep.equal({
      url: 'https://box.example/artifact-frame.html',
    });
    expect(frameAddress('https://box.example/x/frame.html', 'https://app.example/')).to.deep.equal({
      url: 'https://box.example/x/frame.html',
    });
    expect(looksSameSite('https://box.app.example/', 'https://www.app.example/')).to.equal(true);
  });

  it('take only what they know from the frame', () => {
    const odd = [
      null,
      1,
      'x',
      [],
      {},
      { type: 'eval' },
      Object.create({ type: 'loaded' }),
      { type: 'console', level: 'log' },
      { type: 'console', level: 'table', args: [] },
      { type: 'console', level: 'log', args: ['x'.repeat(LONGEST_MESSAGE + 1)] },
      { type: 'error' },
      { type: 'error', message: 5 },
      { type: 'error', message: 'x'.repeat(LONGEST_MESSAGE + 1) },
      { type: 'link', url: `https://a.example/${'x'.repeat(LONGEST_MESSAGE)}` },
      { type: 'link', url: 'data:text/html,x' },
    ];
    for (const data of odd) expect(readFrameMessage(data), JSON.stringify(data)).to.equal(undefined);
    expect(readFrameMessage({ type: 'error', message: 'm', line: NaN, stack: 4, extra: 1 })).to.deep.equal({
      type: 'error',
      message: 'm',
    });
    expect(readFrameMessage({ type: 'console', level: 'log', args: ['a', 1, {}] })).to.deep.equal({
      type: 'console',
      level: 'log',
      args: ['a'],
    });
  });

  it('let a burst through and then only so many a second', () => {
    const limit = new RateLimit(3, 2);
    const now = performance.now();
    expect([0, 0, 0, 0].map(() => limit.allows(now))).to.deep.equal([true, true, true, false]);
    expect(limit.allows(now + 600)).to.equal(true);
    expect(limit.allows(now + 601)).to.equal(false);
  });
});
