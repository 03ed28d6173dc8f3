import { expect } from '@open-wc/testing';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

const CASES: { title: string; answer: string; text: string; reasoning: string }[] = [
  { title: 'a thought before the answer', answer: '<think>hm</think>Yes.', text: 'Yes.', reasoning: 'hm' },
  { title: 'spaces before it', answer: '\n <think>hm</think>\n\nYes.', text: '\n\nYes.', reasoning: 'hm' },
  { title: 'the longer name', answer: '<thinking>hm</thinking>Yes.', text: 'Yes.', reasoning: 'hm' },
  { title: 'a thought that never ends', answer: '<think>hm, </thin', text: '', reasoning: 'hm, </thin' },
  { title: 'half a closing tag inside it', answer: '<think>a </th b </think>c', text: 'c', reasoning: 'a </th b ' },
  {
    title: 'another end tag inside it',
    answer: '<think>a</thinking>b</think>c',
    text: 'c',
    reasoning: 'a</thinking>b',
  },
  { title: 'a tag further on, which is text', answer: 'Say <think>.', text: 'Say <think>.', reasoning: '' },
  { title: 'a tag that is none', answer: '<thinker>x', text: '<thinker>x', reasoning: '' },
  { title: 'half a tag and no more', answer: '<thi', text: '<thi', reasoning: '' },
  { title: 'spaces alone', answer: ' \n', text: ' \n', reasoning: '' },
  { title: 'the name of Gemma’s', answer: '<thought>hm</thought>Yes.', text: 'Yes.', reasoning: 'hm' },
  { title: 'one more name', answer: '<reasoning>hm</reasoning>Yes.', text: 'Yes.', reasoning: 'hm' },
  { title: 'no opening tag', answer: 'Let me < see\n</think>\n\nYes.', text: '\n\nYes.', reasoning: 'Let me < see\n' },
  { title: 'no opening tag and no thought', answer: '</think>\n\nYes.', text: '\n\nYes.', reasoning: '' },
  { title: 'no opening tag and no answer', answer: 'hm\n</think>', text: '', reasoning: 'hm\n' },
  {
    title: 'a closing tag in the middle of a line',
    answer: 'End with `</think>`.',
    text: 'End with `</think>`.',
    reasoning: '',
  },
  { title: 'a closing tag that is none', answer: 'a\n</thin\n</b>', text: 'a\n</thin\n</b>', reasoning: '' },
  { title: 'half a closing tag and no more', answer: 'a\n</thi', text: 'a\n</thi', reasoning: '' },
  { title: 'nothing but a thought', answer: '<think>hm</think>', text: '', reasoning: 'hm' },
];

const choice = (content: string) =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;

const chunk = (value: object) => `data: ${JSON.stringify(value)}\n\n`;

const WAYS: Record<string, (answer: string) => string> = {
  'in one piece': (answer) => choice(answer),
  'character by character': (answer) => [...answer].map(choice).join(''),
};

describe('thoughts that a model writes into its answer', () => {
  for (const { title, answer, text, reasoning } of CASES) {
    for (const [way, write] of Object.entries(WAYS)) {
      it(`${title}, ${way}`, async () => {
        const body = `${write(answer)}data: [DONE]\n\n`;
        const { message, parts } = await readMessage(eventStream(inPieces(encode(body))));
        expect(gistOf(message)).to.deep.include({ text, reasoning });
        const kinds = message.parts.map(({ type }) => type);
        expect(kinds).to.deep.equal([...(reasoning ? ['reasoning'] : []), ...(text ? ['text'] : [])]);
        const starts = parts.filter(({ type }) => type.endsWith('-start')).length;
        expect(parts.filter(({ type }) => /-(end|was-reasoning)$/.test(type)).length).to.equal(starts);
      });
    }
  }

  it('a block that was announced keeps its place', async () => {
    const body = [
      chunk({ type: 'text-start', id: 'a' }),
      chunk({ type: 'reasoning-start', id: 'b' }),
      chunk({ type: 'text-delta', id: 'a', delta: 'x' }),
      chunk({ type: 'finish' }),
    ].join('');
    const { message } = await readMessage(eventStream(body));
    expect(message.parts.map(({ type }) => type)).to.deep.equal(['text', 'reasoning']);
  });

  it('what is held back is not lost when the stream breaks off', async () => {
    const { message, error } = await readMessage(eventStream(choice('<thi')));
    expect(error).to.have.property('code', 'truncated');
    expect(gistOf(message).text).to.equal('<thi');
  });

  it('a hundred thousand spaces are not read again with each of them, nor is there a thought behind them', async () => {
    const before = performance.now();
    const { message } = await readMessage(
      eventStream(`${choice(' ').repeat(100_000)}${choice('<think>')}data: [DONE]\n\n`),
    );
    expect(performance.now() - before).to.be.below(10_000);
    expect(gistOf(message)).to.deep.include({ text: `${' '.repeat(100_000)}<think>`, reasoning: '' });
  });

  it('an artifact that begins like one is left as it is', async () => {
    const body = [
      chunk({ type: 'artifact-start', id: 'a', kind: 'html' }),
      chunk({ text: '\n<' }),
      chunk({ text: 'think>x' }),
      chunk({ type: 'artifact-end', id: 'a' }),
      chunk({ text: '<think>hm</think>y' }),
      'data: [DONE]\n\n',
    ].join('');
    const { message } = await readMessage(eventStream(body));
    expect(gistOf(message)).to.deep.include({ text: 'y', reasoning: 'hm' });
    expect(gistOf(message).artifact).to.include({ content: '\n<think>x', status: 'complete' });
  });
});
