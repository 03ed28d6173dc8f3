import { expect } from '@open-wc/testing';
import { detectProtocol, protocols, type SourceMessagePart, type WireEvent } from '../../src/core.js';
import { DIALECTS, type DialectFixture } from '../fixtures/dialects.js';
import { AGENT_DIALECTS } from '../fixtures/agent-dialects.js';
import { FURTHER_DIALECTS } from '../fixtures/further-dialects.js';
import { encode, inPieces } from '../support/bytes.js';
import { cutInTwo } from '../support/cut-in-two.js';
import { gistOf, readMessage } from '../support/read-message.js';

const respond = ({ contentType }: DialectFixture, body: ReadableStream<Uint8Array>) =>
  new Response(body, { headers: { 'content-type': contentType } });

for (const fixture of [...DIALECTS, ...FURTHER_DIALECTS, ...AGENT_DIALECTS]) {
  describe(`${fixture.name}, however it is cut`, () => {
    const bytes = encode(fixture.body);

    it('is found, and says what it says', async () => {
      let opened: unknown;
      const { message, parts, error } = await readMessage(respond(fixture, inPieces(bytes)), {
        onEvent: (event) => void (opened ??= detectProtocol({ event })?.name),
      });
      expect(error).to.equal(undefined);
      expect(opened).to.equal(fixture.protocol);
      expect(parts.filter(({ type }) => type === 'raw')).to.deep.equal([]);
      const { text, reasoning, tools, finishReason } = gistOf(message);
      expect({ text, reasoning, tools, finishReason }).to.deep.equal({
        text: fixture.text,
        reasoning: fixture.reasoning,
        tools: fixture.tools,
        finishReason: fixture.finishReason,
      });
      const sources = message.parts.filter(({ type }) => type === 'source-url') as (SourceMessagePart & {
        url: string;
      })[];
      expect(sources.map(({ url }) => url)).to.deep.equal(fixture.sources ?? []);
    });

    it(`is the same cut in two at each of its ${bytes.length} bytes`, async () => {
      const whole = await readMessage(respond(fixture, inPieces(bytes)));
      for (const { at, body } of cutInTwo(bytes, fixture.contentType)) {
        const { message, error } = await readMessage(respond(fixture, body));
        expect(error, `cut at ${at}`).to.equal(undefined);
        expect(JSON.stringify(message), `cut at ${at}`).to.equal(JSON.stringify(whole.message));
      }
    });

    it('is the same byte by byte, and where its dialect is named', async () => {
      const whole = await readMessage(respond(fixture, inPieces(bytes)));
      const trickled = await readMessage(respond(fixture, inPieces(bytes, 1)), { protocol: fixture.protocol });
      expect(trickled.message).to.deep.equal(whole.message);
    });

    it('is truncated wherever its end mark is missing, and keeps what came', async () => {
      const end = fixture.body.indexOf(fixture.endMark);
      expect(end).to.be.above(0);
      for (let at = end - 1; at > end / 2; at -= 97) {
        const cut = respond(fixture, inPieces(encode(fixture.body.slice(0, at))));
        const { error, message } = await readMessage(cut);
        expect(error?.code, `cut at ${at}`).to.equal('truncated');
        expect(message.parts, `cut at ${at}`).not.to.deep.equal([]);
      }
    });
  });
}

const ALL = [...DIALECTS, ...FURTHER_DIALECTS, ...AGENT_DIALECTS];

it('what clouds and agents send is told by each event, and nothing else is taken for it', async () => {
  const names = new Set(AGENT_DIALECTS.map(({ protocol }) => protocol));
  const wrong: string[] = [];
  for (const fixture of ALL) {
    const onEvent = (event: WireEvent) => {
      const claims = [...protocols].filter((each) => each.matchesEvent?.(event)).map(({ name }) => name);
      const others = claims.filter((name) => name !== fixture.protocol && name !== 'wrapped');
      const isOne = names.has(fixture.protocol) ? others.length > 0 : others.some((name) => names.has(name));
      if (isOne) wrong.push(`${fixture.name}: ${event.data} is ${claims}`);
    };
    await readMessage(respond(fixture, inPieces(encode(fixture.body))), { onEvent });
  }
  expect(wrong).to.deep.equal([]);
});
