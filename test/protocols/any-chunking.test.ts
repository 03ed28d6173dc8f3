import { expect } from '@open-wc/testing';
import { FIXTURES } from '../fixtures/streams.js';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { cutInTwo } from '../support/cut-in-two.js';
import { gistOf, readMessage } from '../support/read-message.js';

const VARIANTS: [string, (body: string) => string][] = [
  ['LF', (body) => body],
  ['CRLF', (body) => body.replaceAll('\n', '\r\n')],
  ['CR', (body) => body.replaceAll('\n', '\r')],
];

for (const fixture of FIXTURES) {
  describe(`${fixture.name}, however it is cut`, () => {
    for (const [lines, spell] of VARIANTS) {
      const bytes = encode(spell(fixture.body));

      it(`says what it says, with ${lines}`, async () => {
        const { message, parts, error } = await readMessage(eventStream(inPieces(bytes)));
        expect(error).to.equal(undefined);
        expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
        const { text, reasoning, tools, artifact, image, finishReason } = gistOf(message);
        expect({ text, reasoning, tools, finishReason }).to.deep.equal({
          text: fixture.text,
          reasoning: fixture.reasoning,
          tools: fixture.tools,
          finishReason: fixture.finishReason,
        });
        expect(artifact).to.deep.equal({ ...fixture.artifact, status: 'complete' });
        expect(image).to.include(fixture.image);
      });

      it(`is the same message cut in two at each of its ${bytes.length} bytes, with ${lines}`, async () => {
        const whole = await readMessage(eventStream(inPieces(bytes)));
        for (const { at, body } of cutInTwo(bytes, 'text/event-stream')) {
          const { message, parts } = await readMessage(eventStream(body));
          if (parts.length !== whole.parts.length) expect(parts, `cut at ${at}`).to.deep.equal(whole.parts);
          expect(JSON.stringify(message), `cut at ${at}`).to.equal(JSON.stringify(whole.message));
        }
      });

      it(`is the same message byte by byte, with ${lines}`, async () => {
        const whole = await readMessage(eventStream(inPieces(bytes)));
        const { message } = await readMessage(eventStream(inPieces(bytes, 1)));
        expect(message).to.deep.equal(whole.message);
      });
    }

    it('is the same where its dialect is named', async () => {
      const told = await readMessage(eventStream(fixture.body), { protocol: fixture.protocol });
      const found = await readMessage(eventStream(fixture.body));
      expect(told.message).to.deep.equal(found.message);
    });

    it('is truncated wherever its end mark is missing, and keeps what came', async () => {
      const end = fixture.body.indexOf(fixture.endMark);
      expect(end).to.be.above(0);
      for (let at = end - 1; at > 600; at -= 97) {
        const { error, message } = await readMessage(eventStream(inPieces(encode(fixture.body.slice(0, at)))));
        expect(error?.code, `cut at ${at}`).to.equal('truncated');
        expect(message.parts, `cut at ${at}`).not.to.deep.equal([]);
      }
    });
  });
}
