import { expect } from '@open-wc/testing';
import type { Message } from '../../src/core.js';
import { scriptedFetch } from '../support/scripted-fetch.js';
import { chatWith, one, shown, write } from './chat-fixture.js';

const ARTIFACT = { id: 'a', kind: 'code', title: 'It', content: 'x', status: 'complete' };
const THREAD = [
  {
    id: '1',
    role: 'assistant',
    parts: [
      { type: 'data-artifact', id: 'a', data: ARTIFACT },
      {
        type: 'tool-x',
        toolCallId: 't',
        state: 'approval-requested',
        approval: { id: 'p', requestReason: 'Needed.' },
        input: { a: 1 },
      },
    ],
  },
] as unknown as Message[];

/** Where the text of an element ends at the right. */
function rightOf(element: Element): number {
  const range = document.createRange();
  range.selectNodeContents(element);
  return range.getBoundingClientRect().right;
}

describe('English in a page from right to left', () => {
  afterEach(() => (document.documentElement.dir = ''));

  it('has the edge of what it belongs to', async () => {
    document.documentElement.dir = 'rtl';
    const chat = await chatWith(scriptedFetch(new Response('{"error":"No."}', { status: 403 })));
    chat.messages = THREAD;
    await shown(chat);
    expect(rightOf(one(chat, '.card-title'))).to.be.closeTo(rightOf(one(chat, '.card-note')), 1);
    const { right } = one(chat, '.approval pre').getBoundingClientRect();
    expect(rightOf(one(chat, '.approval > p + p bdi'))).to.be.closeTo(right, 1);
    await chat.send('Hi');
    await shown(chat);
    expect(rightOf(one(chat, '.error small'))).to.be.closeTo(rightOf(one(chat, '.error p > bdi')), 1);
  });
});

describe('the field for a question in a page from right to left', () => {
  it('begins at the right until something else is written in it', async () => {
    const chat = await chatWith(scriptedFetch());
    chat.dir = 'rtl';
    const field = one<HTMLTextAreaElement>(chat, 'textarea');
    const direction = () => getComputedStyle(field).direction;
    expect(direction()).to.equal('rtl');
    write(chat, 'Hello');
    expect(direction()).to.equal('ltr');
    write(chat, 'مرحبا');
    expect(direction()).to.equal('rtl');
    write(chat, '');
    expect(direction()).to.equal('rtl');
  });
});
