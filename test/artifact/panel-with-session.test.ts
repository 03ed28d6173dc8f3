import { expect } from '@open-wc/testing';
import { ChatSession } from '../../src/conversation/chat-session.js';
import { codeText, eventually, panelFor, shown } from './panel-fixture.js';

/** The article's own spelling: flat parts with bare text between them. */
const WIRE = [
  { text: 'Here it is.' },
  { type: 'artifact-start', id: 'adder', kind: 'code', language: 'javascript' },
  { text: 'const add = (a, b) =>' },
  { text: ' a + b;' },
  { type: 'artifact-end', id: 'adder' },
];

describe('The panel and a real session', () => {
  it('shows the artifact of an answer, however its bytes were cut', async () => {
    const text = WIRE.map((part) => `data: ${JSON.stringify(part)}\n\n`).join('') + 'event: done\ndata: {}\n\n';
    const bytes = new TextEncoder().encode(text);
    for (const size of [1000, 7]) {
      const session = new ChatSession();
      const panel = await panelFor(undefined);
      panel.session = session;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      await session.consume(new Response(body, { headers: { 'content-type': 'text/event-stream' } }), {});
      await eventually(() => panel.open, 'the panel to open');
      await shown(panel);
      expect(codeText(panel)).to.equal('const add = (a, b) => a + b;');
      expect(
        panel.artifacts.map(({ id, versions }) => [id, versions.length, versions[0]!.artifact.status]),
      ).to.deep.equal([['adder', 1, 'complete']]);
      panel.remove();
    }
  });

  it('follows the chat that has the id now, where a framework has put another one in the place of the first', async () => {
    const chatWith = (id: string): HTMLElement => {
      const parts = [{ type: 'data-artifact', id, data: { id, kind: 'code', content: 'let a', status: 'complete' } }];
      const session = Object.assign(new EventTarget(), { messages: [{ id: `m-${id}`, role: 'assistant', parts }] });
      return Object.assign(document.createElement('div'), { id: 'chat', session });
    };
    const panel = await panelFor(undefined);
    const [first, second] = [chatWith('one'), chatWith('two')];
    const ids = (): string[] => panel.artifacts.map(({ id }) => id);
    document.body.append(first);
    panel.for = 'chat';
    await shown(panel);
    expect(ids()).to.deep.equal(['one']);
    first.replaceWith(second);
    await shown(panel);
    expect(ids()).to.deep.equal(['two']);
    // Gone for a while, as one that a framework keeps for later, it is not forgotten.
    second.remove();
    await shown(panel);
    expect(ids()).to.deep.equal(['two']);
    panel.remove();
  });
});
