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
});
