import { css } from 'lit';

/** Lists, their numbers and the boxes of tasks. */
export const listStyles = css`
  .markdown ul,
  .markdown ol {
    padding: 0;
  }
  /* Nothing is painted outside of a block: a number that is wider than its place would lose its first digit. */
  .markdown > ol {
    margin-inline-start: -4em;
    padding-inline-start: 4em;
  }
  .markdown li {
    margin-block: 0.25em 0;
    margin-inline: 1.6em 0;
    /* Firefox and WebKit have an item's text at the side where its list begins, whatever the item's own direction is. */
    text-align: inherit;
  }
  .markdown ol > li {
    margin-inline-start: 2em;
  }
  /* Room for what has more than two digits. */
  .markdown ol[data-digits='3'] > li {
    margin-inline-start: 2.6em;
  }
  .markdown ol[data-digits='4'] > li {
    margin-inline-start: 3.3em;
  }
  .markdown ol[data-digits='5'] > li {
    margin-inline-start: 3.9em;
  }
  .markdown ol[data-digits='many'] > li {
    margin-inline-start: 6.5em;
  }
  .markdown li > ul,
  .markdown li > ol {
    margin-block: 0.25em 0;
  }
  /* Firefox would count from one. */
  .markdown > ol[start] {
    contain: layout paint;
    content-visibility: visible;
  }
  .markdown .task {
    list-style: none;
  }
  /* A browser draws what cannot be pressed paler than one can see, and in one size. */
  .markdown input[type='checkbox'] {
    appearance: none;
    box-sizing: border-box;
    inline-size: 0.85em;
    block-size: 0.85em;
    /* With the space behind it, text begins where its next line does. */
    margin-block: 0;
    margin-inline: -1.25em 0.1em;
    border: 1px solid var(--_text-muted);
    border-radius: 0.2em;
    vertical-align: -0.1em;
    font: inherit;
    print-color-adjust: exact;
  }
  .markdown input[type='checkbox'][checked] {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .markdown input[type='checkbox'][checked]::before {
    content: '' / '';
    display: block;
    block-size: 100%;
    background: var(--_on-accent);
    clip-path: polygon(12% 51%, 23% 40%, 42% 59%, 77% 20%, 88% 31%, 42% 82%);
  }
`;
