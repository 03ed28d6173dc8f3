/** Streams as the providers send them, from a seed: the same bytes in every run. */

type Random = () => number;

/** Mulberry32: small, seeded, good enough to vary lengths. */
function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WORDS = 'the answer of a model is mostly short words, Zürich, “quoted”, 世界, `code` and\nlines'.split(' ');

/** A few words at a time, as Anthropic groups its tokens. */
function delta(random: Random): string {
  const count = 1 + Math.floor(random() * 4);
  return Array.from({ length: count }, () => ` ${WORDS[Math.floor(random() * WORDS.length)]}`).join('');
}

const named = (value: { type: string }): string => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`;
const bare = (value: object): string => `data: ${JSON.stringify(value)}\n\n`;

export interface Recorded {
  bytes: Uint8Array;
  /** How many characters of answer are in it: whoever reads it must come to the same. */
  characters: number;
}

/** An answer in one block of text, Anthropic's Messages. */
export function anthropicStream(size: number, seed = 1): Recorded {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm', content: [] };
  return fill(size, seed, {
    before: [
      named({ type: 'message_start', message: { ...message, usage: { input_tokens: 9, output_tokens: 1 } } } as never),
      named({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } } as never),
      named({ type: 'ping' }),
    ],
    write: (text) => named({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } as never),
    after: [
      named({ type: 'content_block_stop', index: 0 } as never),
      named({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } } as never),
      named({ type: 'message_stop' }),
    ],
  });
}

const chunk = (inner: object, finish_reason: string | null = null): string =>
  bare({
    id: 'chatcmpl-CPGIAsV0BDnwYYBYvZjTPRCTyvyhE',
    object: 'chat.completion.chunk',
    created: 1760115670,
    model: 'gpt-4o-2024-08-06',
    service_tier: 'default',
    system_fingerprint: 'fp_cbf1785567',
    choices: [{ index: 0, delta: inner, logprobs: null, finish_reason }],
    usage: null,
  });

/** The same in OpenAI's Chat Completions, which repeat id and model in each chunk. */
export function openaiStream(size: number, seed = 1): Recorded {
  return fill(size, seed, {
    before: [chunk({ role: 'assistant', content: '', refusal: null })],
    write: (content) => chunk({ content }),
    after: [chunk({}, 'stop'), 'data: [DONE]\n\n'],
  });
}

interface Frames {
  before: string[];
  write(text: string): string;
  after: string[];
}

function fill(size: number, seed: number, { before, write, after }: Frames): Recorded {
  const random = randomFrom(seed);
  const events = [...before];
  let length = 0;
  let characters = 0;
  while (length < size) {
    const text = delta(random);
    const event = write(text);
    characters += text.length;
    length += event.length;
    events.push(event);
  }
  return { bytes: new TextEncoder().encode([...events, ...after].join('')), characters };
}
