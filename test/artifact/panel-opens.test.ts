import { aTimeout, expect, fixture, html, oneEvent } from '@open-wc/testing';
import { AiArtifactSelectEvent, type AiArtifactCloseEvent, type AiArtifactOpenEvent } from '../../src/events.js';
import type { MessagePart } from '../../src/message.js';
import type { ArtifactPart } from '../../src/protocols/stream-part.js';
import type { AiArtifactPanel } from '../../src/define/ai-artifact-panel.js';
import { ScriptedSession, button, codeText, delta, end, panelFor, part, shown, start } from './panel-fixture.js';

class ChatStub extends HTMLElement {
  #session = new ScriptedSession();
  get session(): ScriptedSession {
    return this.#session;
  }
  set session(session: ScriptedSession) {
    this.#session = session;
    this.dispatchEvent(new Event('ai-status', { bubbles: true, composed: true }));
  }
}

describe('The panel', () => {
  it('opens by itself when the first artifact begins, and leaves the focus where the reader types', async () => {
    const session = new ScriptedSession();
    const input = await fixture<HTMLInputElement>(html`<input aria-label="Message" />`);
    const panel = await panelFor(session);
    input.focus();
    expect(panel.open).to.equal(false);
    const opened = oneEvent(panel, 'ai-artifact-open') as unknown as Promise<AiArtifactOpenEvent>;
    session.receive('m', start('a', 'code', { title: 'Adder', language: 'javascript' }), delta('a', 'const a'));
    expect((await opened).id).to.equal('a');
    await shown(panel);
    session.receive('m', delta('a', ' = 1;'), end('a'));
    await shown(panel);
    expect(codeText(panel)).to.equal('const a = 1;');
    expect(document.activeElement === input).to.equal(true);
    expect(panel.artifacts[0]!.versions[0]!.artifact.status).to.equal('complete');
  });

  it('is not there while it is closed, however the page lays out what stands in its place', async () => {
    const panel = await panelFor(undefined);
    panel.style.display = 'flex';
    expect(panel.checkVisibility(), 'closed').to.equal(false);
    panel.open = true;
    await panel.updateComplete;
    expect(getComputedStyle(panel).display, 'open').to.equal('flex');
    panel.hidden = true;
    panel.style.display = '';
    expect(panel.checkVisibility(), 'hidden').to.equal(false);
  });

  it('does not open by itself again once the reader has closed it, nor for a thread that was there before', async () => {
    const session = new ScriptedSession();
    session.receive('m', start('old'), end('old'));
    const panel = await panelFor(session);
    await shown(panel);
    expect(panel.open, 'restored thread').to.equal(false);
    session.receive('n', start('a'));
    await shown(panel);
    expect(panel.open, 'first artifact').to.equal(true);
    panel.close();
    session.receive('o', start('b'));
    await shown(panel);
    expect(panel.open, 'after closing').to.equal(false);
  });

  it('stays closed with auto-open="never" until it is asked', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    panel.autoOpen = 'never';
    session.receive('m', start('a'), delta('a', 'x'));
    await shown(panel);
    expect(panel.open).to.equal(false);
    session.dispatchEvent(new AiArtifactSelectEvent({ id: 'a' }));
    await shown(panel);
    expect(panel.open).to.equal(true);
    expect(codeText(panel)).to.equal('x');
  });

  it('closes with Escape and gives the focus back to where it came from', async () => {
    const session = new ScriptedSession();
    const card = await fixture<HTMLButtonElement>(html`<button>Adder</button>`);
    const panel = await panelFor(session);
    session.receive('m', start('a'), end('a'));
    await shown(panel);
    card.focus();
    session.dispatchEvent(new AiArtifactSelectEvent({ id: 'a' }));
    await shown(panel);
    expect(document.activeElement === panel, 'the reader asked, so the focus follows').to.equal(true);
    const closed = oneEvent(panel, 'ai-artifact-close') as unknown as Promise<AiArtifactCloseEvent>;
    button(panel, 'Code').dispatchEvent(
      new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, cancelable: true }),
    );
    expect((await closed).id).to.equal('a');
    expect(panel.open).to.equal(false);
    expect(document.activeElement === card).to.equal(true);
  });

  it('gives the focus back to a card within another element’s shadow', async () => {
    const session = new ScriptedSession();
    const chat = await fixture<HTMLElement>(html`<div></div>`);
    const card = document.createElement('button');
    chat.attachShadow({ mode: 'open' }).append(card);
    const panel = await panelFor(session);
    session.receive('m', start('a'), end('a'));
    await shown(panel);
    card.focus();
    session.dispatchEvent(new AiArtifactSelectEvent({ id: 'a' }));
    await shown(panel);
    expect(document.activeElement === panel).to.equal(true);
    panel.close();
    expect(chat.shadowRoot!.activeElement === card).to.equal(true);
  });

  it('announces an artifact once when it begins and once when it is finished', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    const region = panel.shadowRoot!.querySelector('[role="status"]')!;
    const told: string[] = [];
    const observer = new MutationObserver(() => told.push(region.textContent ?? ''));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    session.receive('m', start('a', 'code', { title: 'Adder' }));
    await shown(panel);
    for (let n = 0; n < 5; n++) {
      session.receive('m', delta('a', 'line\n'));
      await shown(panel);
    }
    session.receive('m', end('a'));
    await shown(panel);
    panel.view = 'code';
    await shown(panel);
    expect(told).to.deep.equal(['Adder opened beside the conversation', 'Adder is finished']);
  });

  describe('follows the chat that `for` names', () => {
    before(() => {
      if (!customElements.get('chat-stub')) customElements.define('chat-stub', ChatStub);
    });

    it('when it is there already, and takes its next session', async () => {
      const page = await fixture(
        html`<div><chat-stub id="chat"></chat-stub><ai-artifact-panel for="chat"></ai-artifact-panel></div>`,
      );
      const chat = page.querySelector<ChatStub>('chat-stub')!;
      const panel = page.querySelector<AiArtifactPanel>('ai-artifact-panel')!;
      chat.session.receive('m', start('a'), delta('a', 'one'));
      await shown(panel);
      expect(codeText(panel)).to.equal('one');
      const next = new ScriptedSession();
      next.receive('m', start('b'), delta('b', 'two'));
      chat.session = next;
      await shown(panel);
      expect(codeText(panel)).to.equal('two');
      expect(panel.artifacts.map(({ id }) => id)).to.deep.equal(['b']);
    });

    it('when it is inserted or gets its id later', async () => {
      const page = await fixture(html`<div><ai-artifact-panel for="later"></ai-artifact-panel></div>`);
      const panel = page.querySelector<AiArtifactPanel>('ai-artifact-panel')!;
      const chat = document.createElement('chat-stub') as ChatStub;
      page.prepend(chat);
      chat.session.receive('m', start('a'), delta('a', 'one'));
      await aTimeout(0);
      chat.id = 'later';
      await aTimeout(0);
      await shown(panel);
      expect(codeText(panel)).to.equal('one');
    });

    it('when its element is defined later', async () => {
      const page = await fixture(
        html`<div><late-chat id="chat"></late-chat><ai-artifact-panel for="chat"></ai-artifact-panel></div>`,
      );
      const panel = page.querySelector<AiArtifactPanel>('ai-artifact-panel')!;
      customElements.define('late-chat', class extends ChatStub {});
      const chat = page.querySelector<ChatStub>('late-chat')!;
      await aTimeout(0);
      chat.session.receive('m', start('a'), delta('a', 'one'));
      await shown(panel);
      expect(codeText(panel)).to.equal('one');
    });

    it('and shows what the reader picks in it', async () => {
      const page = await fixture(
        html`<div><chat-stub id="chat"></chat-stub><ai-artifact-panel for="chat"></ai-artifact-panel></div>`,
      );
      const chat = page.querySelector<ChatStub>('chat-stub')!;
      const panel = page.querySelector<AiArtifactPanel>('ai-artifact-panel')!;
      chat.session.receive('m', start('a'), delta('a', 'one'), start('b'), delta('b', 'two'));
      await shown(panel);
      expect(codeText(panel)).to.equal('two');
      chat.dispatchEvent(new AiArtifactSelectEvent({ id: 'a' }));
      await shown(panel);
      expect(codeText(panel)).to.equal('one');
    });
  });

  it('keeps interleaved artifacts apart and has a tab for each, reached with the arrow keys', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a', 'code', { title: 'A' }), start('b', 'code', { title: 'B' }));
    session.receive('m', delta('a', 'a1 '), delta('b', 'b1 '), delta('a', 'a2'), delta('b', 'b2'));
    await shown(panel);
    expect(codeText(panel)).to.equal('b1 b2');
    const tabs = [...part(panel, 'tabs')!.querySelectorAll<HTMLElement>('[role="tab"]')];
    expect(tabs.map((tab) => tab.getAttribute('aria-selected'))).to.deep.equal(['false', 'true']);
    tabs[1]!.focus();
    tabs[1]!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
    await shown(panel);
    expect(codeText(panel), 'round to the first').to.equal('a1 a2');
    expect(panel.shadowRoot!.activeElement === tabs[0]).to.equal(true);
    expect(tabs.map((tab) => tab.tabIndex)).to.deep.equal([0, -1]);
  });

  it('is fed by hand with apply(), without a source', async () => {
    const panel = await panelFor(undefined);
    panel.apply({ type: 'artifact-start', id: 'a', kind: 'code' });
    panel.apply({ type: 'artifact-delta', id: 'a', delta: 'one two' });
    panel.apply({ type: 'artifact-patch', id: 'a', edits: [{ find: 'two', replace: 'three' }] });
    await shown(panel);
    expect(codeText(panel)).to.equal('one three');
    panel.apply({ type: 'artifact-replace', id: 'a', content: 'new' });
    panel.apply({ type: 'artifact-end', id: 'a', status: 'complete' });
    await shown(panel);
    expect(codeText(panel)).to.equal('new');
  });

  it('takes with apply() what is an artifact’s out of all parts of a stream, as it is on the wire, too', async () => {
    const panel = await panelFor(undefined);
    panel.apply({ type: 'text-delta', id: 't', delta: 'Look:' });
    panel.apply({ type: 'data-artifact-start', data: { id: 'a', kind: 'code' } });
    panel.apply({ type: 'raw', name: 'message', data: '', reason: 'unknown' });
    panel.apply({ type: 'data-artifact-delta', data: { id: 'a', delta: 'one' } });
    panel.apply({ type: 'image', id: 'i', url: 'https://a.example/1.png' });
    panel.apply({ type: 'data-artifact-end', data: { id: 'a' } });
    panel.apply({ type: 'finish', finishReason: 'stop' });
    await shown(panel);
    expect(codeText(panel)).to.equal('one');
    expect(panel.artifacts.map(({ versions }) => versions.map(({ artifact }) => artifact.status))).to.deep.equal([
      ['complete'],
    ]);
  });

  it('takes with apply() a whole artifact, as a stream has it that sends none in pieces', async () => {
    const panel = await panelFor(undefined);
    panel.apply({
      type: 'data-artifact',
      id: 'a',
      data: { id: 'a', kind: 'code', content: 'one', status: 'complete' },
    });
    await shown(panel);
    expect(panel.open).to.equal(true);
    expect(codeText(panel)).to.equal('one');
    panel.apply({ type: 'data-artifact', id: 'a', data: { id: 'a', kind: 'code', content: 'two' } });
    await shown(panel);
    expect(codeText(panel), 'the same part as it is now').to.equal('two');
    expect(panel.artifacts[0]!.versions.length).to.equal(1);
  });

  it('changes with apply() what the thread has: a version of its own', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', 'one two'), end('a'));
    panel.apply({ type: 'artifact-patch', id: 'a', edits: [{ find: 'two', replace: 'three' }] });
    await shown(panel);
    expect(panel.artifacts[0]!.versions.map(({ artifact }) => artifact.content)).to.deep.equal([
      'one two',
      'one three',
    ]);
    expect(codeText(panel)).to.equal('one three');
  });

  it('takes offsets of a change that are beyond the text for its ends', async () => {
    const ends: [number, number, string][] = [
      [-3, 1, 'Xbc'],
      [-3, -1, 'Xabc'],
      [2, 9, 'abX'],
      [7, 9, 'abcX'],
      [2, 1, 'abXc'],
    ];
    for (const [from, to, expected] of ends) {
      const panel = await panelFor(undefined);
      panel.apply({ type: 'artifact-start', id: 'a', kind: 'code', content: 'abc' } as unknown as ArtifactPart);
      panel.apply({ type: 'artifact-patch', id: 'a', edits: [{ from, to, replace: 'X' }] });
      expect(panel.artifacts[0]!.versions[0]!.artifact.content, `${from} to ${to}`).to.equal(expected);
    }
  });

  it('shows what there is where it is asked for what is not there, and that as soon as it is', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', 'first'), end('a'), start('a'), delta('a', 'second'), end('a'));
    panel.show('b', 1);
    await shown(panel);
    expect(part(panel, 'empty')).to.equal(null);
    expect(codeText(panel)).to.equal('second');
    session.receive('m', start('b'), delta('b', 'later'), end('b'), start('c'), delta('c', 'other'));
    await shown(panel);
    expect(codeText(panel)).to.equal('later');
  });

  it('keeps everything when it is moved, and lets everything go when it is removed', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m', start('a'), delta('a', 'one'));
    await shown(panel);
    const chunk = panel.shadowRoot!.querySelector('.chunk');
    panel.parentElement!.append(document.createElement('i'), panel);
    session.receive('m', delta('a', ' two'));
    await shown(panel);
    expect(codeText(panel)).to.equal('one two');
    expect(panel.shadowRoot!.querySelector('.chunk')).to.equal(chunk);
    const { parentElement } = panel;
    panel.remove();
    await aTimeout(0);
    session.receive('m', delta('a', ' three'));
    await aTimeout(50);
    expect(panel.shadowRoot!.querySelector('.chunk'), 'no view is left').to.equal(null);
    parentElement!.append(panel);
    await shown(panel);
    expect(codeText(panel), 'and it is there again').to.equal('one two three');
  });

  it('keeps its versions: the same id again is the next one', async () => {
    const session = new ScriptedSession();
    const panel = await panelFor(session);
    session.receive('m1', start('a'), delta('a', 'first'), end('a'));
    session.receive('m2', start('a'), delta('a', 'second'), end('a'));
    session.receive('m2', start('a'), delta('a', 'third'), end('a'));
    await shown(panel);
    expect(
      panel.artifacts[0]!.versions.map(({ version, messageId, artifact }) => [version, messageId, artifact.content]),
    ).to.deep.equal([
      [1, 'm1', 'first'],
      [2, 'm2', 'second'],
      [3, 'm2', 'third'],
    ]);
    expect(codeText(panel)).to.equal('third');
    button(panel, 'Earlier version').click();
    await shown(panel);
    expect(codeText(panel)).to.equal('second');
    panel.show('a', 1);
    await shown(panel);
    expect(codeText(panel)).to.equal('first');
    expect(button(panel, 'Earlier version').ariaDisabled).to.equal('true');
  });

  it('passes over what merely bears an artifact’s name', async () => {
    const session = new ScriptedSession();
    const odd = [
      null,
      {},
      { content: 1, kind: 'code' },
      { content: 'x' },
      { content: 'x', kind: 'code', title: {} },
      'text',
    ];
    const parts = odd.map((data, index) => ({ type: 'data-artifact', id: `odd${index}`, data }) as MessagePart);
    session.messages = [
      { id: 'm', role: 'assistant', parts: [...parts, { type: 'data-artifact', data: 1 } as unknown as MessagePart] },
    ];
    session.receive('n', start('a'), delta('a', 'fine'), end('a'));
    const panel = await panelFor(session);
    panel.open = true;
    await shown(panel);
    expect(panel.artifacts.map(({ id }) => id)).to.deep.equal(['a']);
    expect(codeText(panel)).to.equal('fine');
  });
});
