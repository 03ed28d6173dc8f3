import { css } from 'lit';

/** Notes, and what plugins draw. */
export const extraStyles = css`
  .markdown .footnote-reference {
    font-size: 0.75em;
  }
  .markdown :is(.footnote-reference, .footnote-back) a {
    padding-inline: 0.2em;
    cursor: pointer;
    text-decoration: none;
  }
  .markdown :is(.footnote-reference, .footnote-back) a:is(:hover, :focus-visible) {
    text-decoration: underline;
  }
  .markdown .footnote-back a {
    font-size: 1.15em;
    font-weight: 600;
    /* It makes the line that it comes to no higher: the text before it would move. */
    line-height: 1;
    white-space: nowrap;
  }
  .markdown .footnotes {
    margin-block-start: 1.6em;
    padding-block-start: 0.8em;
    border-block-start: 1px solid var(--_border);
    font-size: 0.9em;
    color: var(--_text-muted);
  }
  .markdown .footnotes li > p:nth-last-child(2) {
    display: inline;
  }
  /* What goes on in the line of its links back keeps its distance, as the block that it was. */
  .markdown .footnotes li > :first-child ~ p:nth-last-child(2)::before {
    content: '';
    display: block;
    block-size: 0.85em;
  }
  .markdown .footnotes li:focus {
    /* Seen where the reader's own colours are forced: a ground would not be. */
    outline: 2px solid transparent;
    background: color-mix(in srgb, var(--_accent) 10%, transparent);
    border-radius: 0.3em;
  }

  .markdown .pending {
    block-size: 1.4em;
    margin-block-start: 0.85em;
  }
  .markdown .pending::before {
    content: '…' / '';
    color: var(--_text-muted);
  }
  .markdown div.construct {
    margin-block-start: 0.85em;
  }
  .markdown .construct[data-state='failed'] {
    font-family: var(--_font-mono);
    font-size: 0.88em;
    white-space: pre-wrap;
  }
  .markdown [data-construct='math'][data-state='drawn'] {
    overflow: auto hidden;
    overscroll-behavior-inline: contain;
  }
  /* A box of its own that scrolls, and stands on the line all the same: an inline block would leave it. */
  .markdown [data-construct='math'].span[data-state='drawn'] {
    display: inline-flex;
    align-items: baseline;
    max-inline-size: 100%;
  }
  .markdown [data-construct='math']:is(.block, .fence) {
    padding-block: 0.2em;
  }
  /* Until it is drawn, about the room of a formula: what stands below must not jump. */
  .markdown [data-construct='math'].block:not([data-state]) {
    min-block-size: 2.4em;
  }
  .markdown [data-construct='math'].span:not([data-state]) {
    display: inline-block;
    inline-size: 2em;
  }
  .markdown math {
    font-size: 1.08em;
    /* The number of a formula is a word of its own, and stands where nothing is left of the line. */
    overflow-wrap: normal;
    white-space: nowrap;
  }
  .markdown math[display='block'] {
    margin-block: 0.2em;
  }
  /* What stands in a cell is a block in some browsers, which only these move. */
  .markdown mtd[columnalign='left'] {
    text-align: left;
    text-align: -webkit-left;
  }
  .markdown mtd[columnalign='right'] {
    text-align: right;
    text-align: -webkit-right;
  }
  .markdown mtable[width='100%'] {
    inline-size: 100%;
  }
  .markdown mtd[width='50%'] {
    inline-size: 1em;
  }
  /* Where a formula is not laid out as CSS says, WebKit has it a million pixels wide for the halves beside it. */
  @supports (display: math) {
    .markdown mtd[width='50%'] {
      inline-size: 50%;
    }
  }
  .markdown mtable[columnspacing='0em'] > mtr > mtd {
    padding-inline: 0;
  }

  .markdown .code-block > .construct {
    margin: 0;
    padding: 0.8em 0.9em;
    background: var(--_surface);
  }
  .markdown .code-block:has(> .construct[data-state='drawn']):not([data-reader-source]) > pre,
  .markdown .code-block:not([data-reader-source]):has(> .construct[data-state='drawn']) [data-action='wrap'],
  .markdown .code-block:not(:has(> .construct[data-state='drawn'])) [data-action='source'],
  .markdown .code-block[data-reader-source] > .construct {
    display: none;
  }
  .markdown .code-block > .construct[data-state='failed'] {
    border-block-start: 1px solid var(--_border);
    padding-block: 0.5em;
    unicode-bidi: plaintext;
    font: inherit;
    font-size: 0.85em;
    color: var(--_text-muted);
  }
  .markdown .code-block > .construct:not([data-state]) {
    block-size: 1px;
    padding-block: 0;
    overflow: clip;
    opacity: 0;
  }
  .markdown .code-block:has(> [data-construct='mermaid']) {
    transition: color 1ms;
  }
  .markdown .code-block > .construct {
    position: relative;
  }
  .markdown .drawing[inert] {
    position: absolute;
    inset-inline: 0.9em;
    opacity: 0;
  }
  .markdown .construct iframe {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border: none;
    color-scheme: light;
  }
  .markdown [data-action='source']::before {
    clip-path: path(
      evenodd,
      'M5.2 3.2L6.3 4.3L2.6 8L6.3 11.7L5.2 12.8L0.4 8Z M10.8 3.2L9.7 4.3L13.4 8L9.7 11.7L10.8 12.8L15.6 8Z'
    );
  }
`;
