import { expect } from '@open-wc/testing';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { button, chatWith, one, press, shown, textsOfMessages, write } from './chat-fixture.js';

const hello = () => eventStream('data: {"text":"Hello"}\n\ndata: [DONE]\n\n');

describe('the composer', () => {
  it('sends with Enter and is empty after', async () => {
    const fetch = scriptedFetch(hello());
    const chat = await chatWith(fetch);
    const input = write(chat, ' Hi ');
    expect(press(input, 'Enter').defaultPrevented).to.equal(true);
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['Hi', 'Hello']);
    expect(input.value).to.equal('');
    expect(chat.shadowRoot!.activeElement).to.equal(input);
  });

  const keys: [string, KeyboardEventInit][] = [
    ['Shift+Enter, which breaks the line', { shiftKey: true }],
    ['Enter in a composition', { isComposing: true }],
    ['Enter that ends a composition, as Safari reports it', { keyCode: 229 }],
  ];
  for (const [title, init] of keys) {
    it(`does not send with ${title}`, async () => {
      const fetch = scriptedFetch(hello());
      const chat = await chatWith(fetch);
      const event = press(write(chat, 'Hi'), 'Enter', init);
      await shown(chat);
      expect(event.defaultPrevented).to.equal(false);
      expect(fetch.sent).to.deep.equal([]);
      expect(one<HTMLTextAreaElement>(chat, 'textarea').value).to.equal('Hi');
    });
  }

  it('does not send white space', async () => {
    const fetch = scriptedFetch(hello());
    const chat = await chatWith(fetch);
    press(write(chat, ' \n '), 'Enter');
    await shown(chat);
    expect(fetch.sent).to.deep.equal([]);
    expect(button(chat, 'Send').disabled).to.equal(true);
  });

  it('keeps the draft while an answer streams, and does not send it', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const chat = await chatWith(fetch);
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'x' });
    await shown(chat);
    const input = write(chat, 'two');
    press(input, 'Enter');
    await shown(chat);
    expect([fetch.sent.length, input.value]).to.deep.equal([1, 'two']);
    chat.stop();
  });

  it('offers Stop in the place of Send, which ends the request and leaves the focus in the field', async () => {
    const script = new ScriptedResponse();
    const fetch = scriptedFetch(script);
    const chat = await chatWith(fetch);
    press(write(chat, 'one'), 'Enter');
    script.send({ text: 'partial' });
    await shown(chat);
    const stop = button(chat, 'Stop');
    stop.focus();
    stop.click();
    await shown(chat);
    expect(script.cancelled).to.equal(true);
    expect(fetch.sent[0]!.signal.aborted).to.equal(true);
    expect(textsOfMessages(chat)).to.deep.equal(['one', 'partial']);
    expect(button(chat, 'Send').disabled).to.equal(true);
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, 'textarea'));
    expect(chat.matches(':state(streaming)')).to.equal(false);
  });

  it('takes the focus when the element is given it', async () => {
    const chat = await chatWith(scriptedFetch());
    chat.focus();
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, 'textarea'));
  });

  it('shows by its colours and the pointer what cannot be pressed or written in', async () => {
    const chat = await chatWith(scriptedFetch(), { suggestions: ['One'] });
    const looks = () =>
      ['textarea', '.suggestion'].map((name) => {
        const { color, cursor } = getComputedStyle(one(chat, name));
        return [color, cursor].join();
      });
    const ground = () => getComputedStyle(one(chat, 'form')).backgroundColor;
    const before = [...looks(), ground()];
    chat.disabled = true;
    await shown(chat);
    [...looks(), ground()].forEach((look, at) => expect(look).not.to.equal(before[at]));
  });

  it('cannot be written in where it is disabled', async () => {
    const chat = await chatWith(scriptedFetch(), { disabled: true });
    expect(one<HTMLTextAreaElement>(chat, 'textarea').disabled).to.equal(true);
    chat.suggestions = ['One'];
    await shown(chat);
    expect(button(chat, 'One').disabled).to.equal(true);
  });

  it('takes the focus when a button that was pressed by keyboard goes', async () => {
    const chat = await chatWith(scriptedFetch(hello(), hello()), { suggestions: ['One?'] });
    for (const name of ['One?', 'Answer again']) {
      const pressed = button(chat, name);
      pressed.focus();
      pressed.click();
      await shown(chat);
      expect(chat.shadowRoot!.activeElement?.localName, name).to.equal('textarea');
      await shown(chat);
    }
  });

  it('leaves the focus alone when a button is pressed by hand: a keyboard would open on the answer', async () => {
    const chat = await chatWith(scriptedFetch(new ScriptedResponse()), { suggestions: ['One?'] });
    button(chat, 'One?').dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    await shown(chat);
    expect(chat.shadowRoot!.activeElement).to.equal(null);
    chat.stop();
  });

  it('sends a suggestion as it stands', async () => {
    const fetch = scriptedFetch(hello());
    const chat = await chatWith(fetch, { suggestions: ['What is SSE?'] });
    button(chat, 'What is SSE?').click();
    await shown(chat);
    expect(textsOfMessages(chat)).to.deep.equal(['What is SSE?', 'Hello']);
  });
});
