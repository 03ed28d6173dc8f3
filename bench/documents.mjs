/** Documents to measure with, made from a seed: the same in every run, of any length. */

/** @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const WORDS =
  'the model writes its answer word by word and each of them is shown as soon as it has come while the reader follows along without a jump or a flash of raw syntax because what has settled stays where it is and only the last line still moves in large documents with many blocks every frame counts'.split(
    ' ',
  );

function prose(next, words) {
  const out = [];
  for (let index = 0; index < words; index += 1) {
    const word = WORDS[Math.floor(next() * WORDS.length)];
    const kind = next();
    if (kind < 0.03) out.push(`**${word}**`);
    else if (kind < 0.05) out.push(`*${word} ${word}*`);
    else if (kind < 0.08) out.push(`\`${word}()\``);
    else if (kind < 0.09) out.push(`[${word}](https://example.com/${word})`);
    else out.push(word);
  }
  return `${out.join(' ')}.`;
}

const codeLine = (next) =>
  `  const ${WORDS[Math.floor(next() * 20)]} = await load(${Math.floor(next() * 1000)}); // ${prose(next, 4)}`;
const row = (next) => `| ${prose(next, 2)} | ${Math.floor(next() * 1000)} | ${prose(next, 4)} |`;
const table = (next, rows) =>
  ['| Name | Count | Notes |', '|:--|--:|---|', ...Array.from({ length: rows }, () => row(next))].join('\n');
const code = (next, lines) => ['```js', ...Array.from({ length: lines }, () => codeLine(next)), '```'].join('\n');
const list = (next, items) => Array.from({ length: items }, () => `- ${prose(next, 8)}`).join('\n');

const MIXED = [
  (next) => `## ${prose(next, 4)}`,
  (next) => prose(next, 60),
  (next) => prose(next, 40),
  (next) => list(next, 5),
  (next) => code(next, 10),
  (next) => prose(next, 50),
  (next) =>
    Array.from(
      { length: 3 },
      (_, index) =>
        `${index + 1}. **${prose(next, 2)}** ${prose(next, 10)}\n   - ${prose(next, 6)}\n   - ${prose(next, 6)}`,
    ).join('\n'),
  (next) => table(next, 5),
  (next) => `> ${prose(next, 20)}`,
  (next) => prose(next, 70),
];

const CHINESE = [
  '模型逐字写出它的回答',
  '每个字一到就会显示',
  '已经定下来的内容不再改变',
  '读者可以一边看一边选择',
  '页面不会跳动',
  '只有最后一行还在移动',
  '`代码`和**重点**也是如此',
  '[链接](https://example.com/zh)要等写完才有效',
];

const htmlRow = (next) =>
  `  <tr>\n    <td>${WORDS[Math.floor(next() * WORDS.length)]} <b>word</b></td>\n    <td>${Math.floor(next() * 1000)}</td>\n  </tr>`;

function nestedItem(next, depth) {
  const indent = '  '.repeat(depth);
  const lines = [`${indent}- ${prose(next, 8)}`];
  if (depth < 4 && next() < 0.6) for (let count = 0; count < 3; count += 1) lines.push(nestedItem(next, depth + 1));
  return lines.join('\n');
}

function grow(size, piece, separator) {
  const pieces = [];
  for (let length = 0; length < size;) {
    const text = piece(pieces.length);
    pieces.push(text);
    length += text.length + separator.length;
  }
  return pieces.join(separator);
}

/** @type {Record<string, (size: number) => string>} */
export const documents = {
  mixed: (size) => {
    const next = random(1);
    return grow(size, (index) => MIXED[index % MIXED.length](next), '\n\n');
  },
  paragraph: (size) => {
    const next = random(2);
    return grow(size, () => prose(next, 20), ' ');
  },
  list: (size) => {
    const next = random(3);
    return grow(size, () => `- ${prose(next, 12)}`, '\n');
  },
  table: (size) => {
    const next = random(4);
    return `| Name | Count | Notes |\n|:--|--:|---|\n${grow(size, () => row(next), '\n')}`;
  },
  code: (size) => {
    const next = random(5);
    return `\`\`\`js\n${grow(size, () => codeLine(next), '\n')}\n\`\`\``;
  },
  nested: (size) => {
    const next = random(6);
    const lists = grow(size / 2, () => nestedItem(next, 0), '\n');
    const quotes = grow(size / 2, () => `${prose(next, 30)}\n>\n> > ${prose(next, 20)}`, '\n>\n> ');
    return `${lists}\n\n> ${quotes}`;
  },
  /** One block of HTML, as a model writes that was asked for a table of it. */
  html: (size) => {
    const next = random(8);
    return `<table>\n${grow(size, () => htmlRow(next), '\n')}\n</table>`;
  },
  /** One paragraph without a space. */
  chinese: (size) => {
    const next = random(9);
    return grow(size, () => CHINESE[Math.floor(next() * CHINESE.length)], '，');
  },
};

/** Cuts a text into deltas of 1 to 8 characters. */
export function deltas(text) {
  const next = random(7);
  const out = [];
  for (let at = 0; at < text.length;) {
    const length = 1 + Math.floor(next() * 8);
    out.push(text.slice(at, at + length));
    at += length;
  }
  return out;
}
