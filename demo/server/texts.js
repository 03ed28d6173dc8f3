// @ts-check
/** The demo's answers: written once, streamed in every dialect. */

export const TEXTS = {
  welcome: `## Hello from a stream

Every word here came as an event of its own, and **nothing that has settled is drawn again**: select this line while the next one is being written.

1. Ask for a *table*, some *code*, a *page*, an *image* or a *tool*.
2. Ask it to *think* first.
3. Ask for an *error*, and see what stays.

\`\`\`html
<ai-stream-chat endpoint="/api/chat"></ai-stream-chat>
\`\`\`

> One script tag, any backend: the dialect is found by itself.
`,
  thoughts: `The question mentions thinking, so the reasoning should come first and stay apart from the answer.

Two ways to check a claim: derive it, or look for a counterexample. The sum of the first n odd numbers is n². For n = 4: 1 + 3 + 5 + 7 = 16. It holds, and each step adds the border of a square.`,
  conclusion: `The sum of the first *n* odd numbers is **n²**: each odd number is the border that turns a square into the next larger one.

| n | sum | square |
| --: | --- | --: |
| 2 | 1 + 3 | 4 |
| 3 | 1 + 3 + 5 | 9 |
| 4 | 1 + 3 + 5 + 7 | 16 |
`,
  table: `Three dialects, side by side:

| Dialect | Text travels as | Ends with |
| :-- | :-- | :-- |
| Server-sent events | \`data: {"text":"…"}\` | \`event: done\` |
| OpenAI | \`choices[0].delta.content\` | \`data: [DONE]\` |
| Anthropic | \`content_block_delta\` | \`message_stop\` |
| AI SDK | \`text-delta\` | \`finish\` |

The columns do not jump while rows arrive.
`,
  markdown: `# A heading

A paragraph with **bold**, *italic*, ~~struck~~ and \`inline code\`, and [a link](https://example.org/docs).

## Lists

- A point
  - and one beneath it
- [x] a task that is done
- [ ] and one that is not

## Code

\`\`\`javascript
const chat = document.querySelector('ai-stream-chat');
chat.addEventListener('ai-part', ({ part }) => {
  if (part.type === 'usage') console.log(part.totalTokens);
});
\`\`\`

## Quote and table

> What has settled stays: selection, focus and scroll survive.

| Promise | Kept by |
| --- | --- |
| Any chunking | a parser that is fed, not split |
| Linear | blocks that are parsed once |
`,
  beforePage: 'Here is a small page. It is being written into the panel beside this thread.\n\n',
  afterPage: '\n\nThe page runs in a frame of its own: it cannot reach this one, nor the network.\n',
  beforeCode: 'Here is a function that splits a stream into lines, however it was cut:\n\n',
  afterCode: '\n\nIt keeps the unfinished last line until the rest of it comes.\n',
  beforeImage: 'Here is a picture, at an address that works for a short time only:\n\n',
  afterImage: '\n\nWhen it has expired, the element says so and can ask for a fresh address.\n',
  beforeTool: 'I need the forecast for that.\n\n',
  afterTool: '\n\nIn Oslo it stays clear: **4°**, then **6°**, then **3°**.\n',
  beforeUnknown: 'An event of a type that nobody knows comes next. ',
  afterUnknown: 'It was passed over, and the answer goes on.\n',
  beforeBroken: 'One event is broken JSON. ',
  afterBroken: 'The others are not, and the answer goes on.\n',
  beforeCut: 'This answer breaks off in the middle of an event, as when a proxy gives up on the connection',
  drop: `The connection breaks in the middle of this answer, and the server goes on writing it.

The chat notices, waits a moment, and asks for the rest by \`GET {endpoint}/{chat-id}/stream\` with the last id that it has read. Nothing is asked of the model again, and the question is sent once.

1. What had arrived stays where it is.
2. What comes twice is read once.
3. Where nobody answers, four more attempts follow, each after a longer wait.

That is all that one sees of it.`,
  beforeStall: 'This answer stops here without ending. Press Stop.',
  beforeError: 'This much was written before the model failed. It stays on the page.\n',
};

const SENTENCES = [
  'A stream is a conversation with a network that owes you nothing.',
  'Bytes arrive in whatever pieces the road has cut them into, and a parser that assumes otherwise is wrong on a busy day.',
  'What has been read once need not be read again.',
  'A reader selects a word, and the word should stay under the pointer.',
  'Work that grows with the square of the text is invisible in a demonstration and unbearable in an afternoon.',
  'A block that is finished is finished: it can be measured, copied, quoted and left alone.',
  'When the connection drops, the half that came is still the half that came.',
  'An interface that tells you what went wrong has already repaired a part of it.',
];

/** Some 20,000 characters: headings, paragraphs and lists. */
export function longText() {
  const sections = Array.from({ length: 24 }, (_, index) => {
    const words = (/** @type {number} */ from, /** @type {number} */ length) =>
      Array.from({ length }, (_, offset) => SENTENCES[(index + from + offset) % SENTENCES.length]).join(' ');
    return `## ${index + 1}. Part\n\n${words(0, 5)}\n\n${words(3, 4)}\n\n- ${words(1, 1)}\n- ${words(2, 1)}\n`;
  });
  return sections.join('\n');
}

export const HTML_ARTIFACT = {
  kind: 'html',
  title: 'Breathing circle',
  language: 'html',
  content: `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Breathing circle</title>
    <style>
      body {
        display: grid;
        place-items: center;
        min-height: 100vh;
        margin: 0;
        background: radial-gradient(circle at 50% 30%, #28406f, #0d1526);
        color: #eef3ff;
        font: 1rem/1.5 system-ui, sans-serif;
      }
      .circle {
        width: 10rem;
        aspect-ratio: 1;
        border-radius: 50%;
        background: radial-gradient(circle at 35% 30%, #ffe3b8, #e8896b 60%, #a24b6f);
        animation: breathe 8s ease-in-out infinite;
      }
      @keyframes breathe {
        50% { transform: scale(1.35); }
      }
      @media (prefers-reduced-motion: reduce) {
        .circle { animation: none; }
      }
    </style>
  </head>
  <body>
    <div class="circle"></div>
    <p id="word">Breathe in</p>
    <script>
      const words = ['Breathe in', 'Breathe out'];
      let turn = 0;
      setInterval(() => {
        turn = (turn + 1) % words.length;
        document.getElementById('word').textContent = words[turn];
      }, 4000);
    </script>
  </body>
</html>
`,
};

export const CODE_ARTIFACT = {
  kind: 'code',
  title: 'lines.js',
  language: 'javascript',
  content: `/** Splits a stream of text into lines, however it was cut. */
export async function* lines(chunks) {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\\n');
    rest = parts.pop();
    yield* parts;
  }
  if (rest !== '') yield rest;
}

for await (const line of lines(['one\\ntw', 'o\\nthr', 'ee'])) {
  console.log(line); // one, two, three
}
`,
};
