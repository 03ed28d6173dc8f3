import { expect } from '@open-wc/testing';
import { ChatSession, type Message } from '../../src/core.js';

const CALL = { type: 'tool-f', toolCallId: 't', state: 'output-available', input: { a: 1 }, output: 1 } as const;

function threadOf(...parts: unknown[]): readonly Message[] {
  const message = { id: 'm', role: 'assistant', parts } as Message;
  return new ChatSession({ endpoint: '/chat', messages: [message] }).messages;
}

describe('a thread that a host gives', () => {
  it('stands as the very objects where nothing is wrong with them', () => {
    const message = {
      id: 'm',
      role: 'assistant',
      parts: [
        CALL,
        { type: 'text', text: 'x' },
        { type: 'data-image', id: 'i', data: { url: '/x', expiresAt: 1893456000, width: 3 } },
        { type: 'data-artifact', id: 'a', data: { id: 'a', kind: 'code', content: '', status: 'complete' } },
        { type: 'data-mine', data: { title: { deep: 1 } } },
        { type: 'custom', kind: 7 },
      ],
    } as Message;
    expect(new ChatSession({ endpoint: '/chat', messages: [message] }).messages[0]).to.equal(message);
  });

  const mended: [what: string, part: object, expected: object][] = [
    ['an object where text may be', { ...CALL, title: { toString: 1 } }, CALL],
    ['a number where text may be', { ...CALL, title: 7 }, { ...CALL, title: '7' }],
    ['a file without its type', { type: 'file', url: '/x' }, { type: 'file', url: '/x', mediaType: '' }],
    [
      'a width that is none',
      { type: 'data-image', id: 'i', data: { url: '/x', width: Infinity } },
      { type: 'data-image', id: 'i', data: { url: '/x' } },
    ],
    [
      'an approval that is a list',
      { ...CALL, state: 'approval-requested', approval: ['a'] },
      { ...CALL, state: 'approval-requested' },
    ],
  ];
  for (const [what, part, expected] of mended) {
    it(`keeps all else of a part with ${what}`, () => {
      expect(threadOf(part)[0]!.parts).to.deep.equal([expected]);
    });
  }

  it('has a role for each message', () => {
    const messages = [{ id: 'm', role: { toString: 1 }, parts: [] }] as unknown as Message[];
    expect(new ChatSession({ endpoint: '/chat', messages }).messages[0]!.role).to.equal('assistant');
  });
});
