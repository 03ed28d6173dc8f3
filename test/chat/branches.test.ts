import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { Message } from '../../src/core.js';
import { eventStream } from '../support/bytes.js';
import { ScriptedResponse, scriptedFetch } from '../support/scripted-fetch.js';
import { all, button, chatWith, nextFrame, one, shown, textsOfMessages, until } from './chat-fixture.js';

const answered = (text: string) => eventStream(`data: ${JSON.stringify({ text })}\n\ndata: [DONE]\n\n`);
const pickers = (chat: AiStreamChat) => all(chat, '[part="branches"]');
const names = (chat: AiStreamChat) => pickers(chat).map((picker) => picker.getAttribute('aria-label'));
const isDimmed = (chat: AiStreamChat, name: string) => button(chat, name).ariaDisabled === 'true';

/** A chat with the thread, in which the last answer was asked for again. */
async function branched(texts: string[], messages: Message[] = []): Promise<AiStreamChat> {
  const chat = await chatWith(scriptedFetch(...texts.map(answered)), { messages });
  await chat.send('q1');
  for (let count = 1; count < texts.length; count += 1) await chat.regenerate();
  await until(() => pickers(chat).length > 0);
  await shown(chat);
  return chat;
}

async function press(chat: AiStreamChat, name: string): Promise<void> {
  button(chat, name).click();
  await shown(chat);
}

describe('the versions of a message', () => {
  it('are offered below it, and shown one after the other', async () => {
    const chat = await branched(['a1', 'a2', 'a3']);
    expect(names(chat)).to.deep.equal(['Version 3 of 3']);
    expect(one(chat, '.branch').textContent).to.equal('3/3');
    expect([isDimmed(chat, 'Previous version'), isDimmed(chat, 'Next version')]).to.deep.equal([false, true]);
    await press(chat, 'Previous version');
    await press(chat, 'Previous version');
    expect([textsOfMessages(chat), names(chat)]).to.deep.equal([['q1', 'a1'], ['Version 1 of 3']]);
    expect([isDimmed(chat, 'Previous version'), isDimmed(chat, 'Next version')]).to.deep.equal([true, false]);
    await press(chat, 'Previous version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a1']);
    await press(chat, 'Next version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a2']);
  });

  it('are not there, nor anything for them, below one that has only been answered once', async () => {
    const chat = await chatWith(scriptedFetch(answered('a1')));
    await chat.send('q1');
    await shown(chat);
    expect(pickers(chat)).to.deep.equal([]);
  });

  it('are those of the reader’s own message, too, with what followed each', async () => {
    const chat = await chatWith(scriptedFetch(answered('a1'), answered('b1')));
    await chat.send('q1');
    await chat.edit(chat.messages[0]!.id, 'p1');
    await until(() => pickers(chat).length > 0);
    expect(pickers(chat)[0]!.closest('article')!.dataset['role']).to.equal('user');
    await press(chat, 'Previous version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a1']);
  });

  it('are said once each time, and by the host’s own words', async () => {
    const chat = await branched(['a1', 'a2']);
    chat.strings = {
      previousVersion: 'Zurück',
      nextVersion: 'Weiter',
      version: (number, count) => `Fassung ${number} von ${count}`,
    };
    await shown(chat);
    const said: string[] = [];
    const status = one(chat, '[role="status"]');
    new MutationObserver(() => said.push(status.textContent!)).observe(status, { childList: true });
    await press(chat, 'Zurück');
    await nextFrame();
    expect([said, names(chat)]).to.deep.equal([['Fassung 1 von 2'], ['Fassung 1 von 2']]);
  });

  for (const name of ['Previous version', 'Next version']) {
    it(`keep the focus on “${name}”, which may stand in another message then, and at its end`, async () => {
      const chat = await branched(['a1', 'a2']);
      if (name === 'Next version') await press(chat, 'Previous version');
      button(chat, name).focus();
      await sendKeys({ press: 'Enter' });
      await shown(chat);
      expect(chat.shadowRoot!.activeElement).to.equal(button(chat, name));
      expect(isDimmed(chat, name)).to.equal(true);
    });
  }

  it('change nothing while an answer streams', async () => {
    const script = new ScriptedResponse();
    const chat = await branched(['a1', 'a2']);
    chat.fetch = scriptedFetch(script);
    const sent = chat.send('q2');
    await shown(chat);
    await press(chat, 'Previous version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a2', 'q2']);
    chat.stop();
    await sent;
    await shown(chat);
    await press(chat, 'Previous version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a1']);
  });

  it('leave the messages that stay as they are', async () => {
    const chat = await chatWith(scriptedFetch(...['a1', 'a2', 'b2'].map(answered)));
    await chat.send('q1');
    await chat.send('q2');
    await chat.regenerate();
    await until(() => pickers(chat).length > 0);
    await shown(chat);
    const kept = all(chat, 'article').slice(0, 3);
    const changes: MutationRecord[] = [];
    for (const article of kept)
      new MutationObserver((list) => changes.push(...list)).observe(article, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    await press(chat, 'Previous version');
    expect(textsOfMessages(chat)).to.deep.equal(['q1', 'a1', 'q2', 'a2']);
    expect(all(chat, 'article').slice(0, 3)).to.deep.equal(kept);
    expect(changes).to.deep.equal([]);
  });

  it('leave the button where it was pressed, however long the versions and what follows them are', async () => {
    const long = (text: string, lines: number) => `${text}\n\n`.repeat(lines);
    const chat = await chatWith(
      scriptedFetch(...[long('one', 60), 'after', long('two', 5), long('three', 400)].map(answered)),
    );
    chat.style.blockSize = '400px';
    await chat.send(long('q', 30));
    await chat.send(long('q2', 40));
    const id = chat.messages[1]!.id;
    await chat.regenerate(id);
    await chat.regenerate(chat.messages[1]!.id);
    await until(() => pickers(chat).length > 0);
    const scroller = one(chat, '.scroller');
    const place = () => button(chat, 'Previous version').getBoundingClientRect().top;
    await shown(chat);
    for (const name of ['Previous version', 'Previous version', 'Next version', 'Next version']) {
      button(chat, name).scrollIntoView({ block: 'center' });
      await shown(chat);
      const before = place();
      await press(chat, name);
      for (let frame = 0; frame < 30; frame += 1) await nextFrame();
      // There may be too little behind it to stay there.
      const isEnd = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop < 1;
      expect(isEnd || Math.abs(place() - before) < 2, `${name}: ${place() - before}`).to.equal(true);
    }
  });

  it('point the other way, and stand in order, where text runs from right to left', async () => {
    const chat = await branched(['a1', 'a2']);
    chat.dir = 'rtl';
    await shown(chat);
    const [previous, next] = ['Previous version', 'Next version'].map((name) => button(chat, name));
    expect(previous!.getBoundingClientRect().left).to.be.greaterThan(next!.getBoundingClientRect().left);
    expect(getComputedStyle(previous!.querySelector('svg')!).scale).to.equal('-1 1');
  });

  it('are as high as the buttons beside them, and as wide', async () => {
    const chat = await branched(['a1', 'a2']);
    const size = (name: string) => {
      const { width, height } = button(chat, name).getBoundingClientRect();
      return [width, height];
    };
    expect(size('Previous version')).to.deep.equal(size('Copy'));
    expect(size('Next version')).to.deep.equal(size('Copy'));
  });

  it('stand again after a reload', async () => {
    const chatId = `branches-${Math.random()}`;
    const chat = await chatWith(scriptedFetch(answered('a1'), answered('a2')), { persist: true, chatId });
    await chat.send('q1');
    await chat.regenerate();
    await until(() => pickers(chat).length > 0);
    chat.remove();
    const again = await chatWith(scriptedFetch(), { persist: true, chatId });
    await until(() => pickers(again).length > 0);
    expect(names(again)).to.deep.equal(['Version 2 of 2']);
    await press(again, 'Previous version');
    expect(textsOfMessages(again)).to.deep.equal(['q1', 'a1']);
  });

  it('have no tool’s result of another one, be it of the same id', async () => {
    const call = () =>
      eventStream(
        [
          { type: 'tool-input-available', toolCallId: 'call_0', toolName: 'slow', input: {} },
          { type: 'finish', finishReason: 'tool-calls' },
        ]
          .map((event) => `data: ${JSON.stringify(event)}\n\n`)
          .join(''),
      );
    const given: ((output: string) => void)[] = [];
    const slow = () => new Promise<string>((resolve) => given.push(resolve));
    const chat = await chatWith(scriptedFetch(call(), call(), answered('end')), { tools: { slow } });
    await chat.send('q1');
    await until(() => given.length === 1);
    await chat.regenerate();
    await until(() => given.length === 2);
    given[0]!('of the first');
    await shown(chat);
    expect(chat.messages[1]!.parts[0]).to.include({ state: 'input-available' });
    given[1]!('of the second');
    await until(() => textsOfMessages(chat).includes('end'));
    expect(chat.messages[1]!.parts[0]).to.include({ output: 'of the second' });
  });
});
