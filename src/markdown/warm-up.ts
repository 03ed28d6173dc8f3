import { requestIdle } from '../idle.js';
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

\`\`\`
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
  if (hasBegun) return;
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
  };
  requestIdle(drawSome);
}
