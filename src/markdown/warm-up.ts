import { requestIdle } from '../element/idle.js';
import { FONT, MONO_FONT } from '../element/tokens.js';
import { MarkdownRenderer } from './markdown-renderer.js';

/** What answers are made of. It names no language of code and no picture: nothing is loaded for it. */
const SAMPLE = `## The \`first\` of *several* lines

An answer, **as it comes**: _words_ with \`code()\`, ~~struck~~ ones, [a link](https://example.com/ "to it"), https://example.com
and what is \\*escaped\\* &amp; spelled out. :tada:

- one **item**
- another
  - and one in it, [x](https://example.com)

  that goes on

1. **First**: a step
   - in two
2. Second

- [ ] to do
- [x] done

\`\`\`ts
const code = 1;
  more(code);
\`\`\`

| Name | Count |
|:-----|------:|
| one  | 1     |
| \`two\` | **2** |

> Quoted: *as* it was
> - said

---

> [!NOTE]
> Mind this.

Last words[^1], and <kbd>one</kbd><br>more.

[^1]: A note.
`;
const LETTERS = 'Answer 1';
/** Characters that are drawn in one go: little enough for each block to be seen unfinished, as it is in a stream. */
const STEP = 20;
/** Milliseconds of idle time that a step is begun with. */
const ENOUGH = 4;

let hasBegun = false;

/**
 * Has the browser compile what draws an answer before there is one: some lines are drawn into nothing, in idle time and
 * once a page. It would take a third of the time that the first answer takes, and in its first frames.
 */
export function warmUp(): void {
  if (hasBegun || typeof document === 'undefined') return;
  hasBegun = true;
  const renderer = new MarkdownRenderer(document.createElement('div'));
  let at = 0;
  const drawSome = (idle: Pick<IdleDeadline, 'timeRemaining'>): void => {
    while (at < SAMPLE.length && idle.timeRemaining() > ENOUGH) {
      renderer.write(SAMPLE.slice(at, (at += STEP)));
      renderer.flush();
    }
    if (at < SAMPLE.length) return void requestIdle(drawSome);
    renderer.end();
    renderer.destroy();
    requestIdle(findFonts);
  };
  requestIdle(drawSome);
}

/**
 * A font is looked for when the first letter in it is laid out, which takes a browser a millisecond or more in a frame
 * that should take four. A canvas has it do so without a page: for words, a heading and code, in their sizes.
 */
function findFonts(): void {
  const canvas = document.createElement('canvas').getContext('2d');
  if (!canvas) return;
  const page = getComputedStyle(document.documentElement);
  const text = page.getPropertyValue('--ai-font') || FONT;
  const code = page.getPropertyValue('--ai-font-mono') || MONO_FONT;
  for (const font of [
    `16px ${text}`,
    `bold 16px ${text}`,
    `italic 16px ${text}`,
    `650 20.8px ${text}`,
    `14.08px ${code}`,
  ]) {
    canvas.font = font;
    canvas.measureText(LETTERS);
  }
}
