import { css } from 'lit';
import { visuallyHidden } from '../element/visually-hidden.js';

/** Code blocks and tables with their bars. Icons are shapes that CSS clips: no picture, no font, no markup. */
export const boxStyles = css`
  /* In an item, a quote or an element of HTML, too, as the blocks of the document. */
  .markdown .code-block:nth-child(n + 15),
  .markdown .table-block:nth-child(n + 15) {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 3em;
  }
  .markdown .code-block {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
    overflow: clip;
    overflow-clip-margin: 0px;
  }
  .markdown .code-bar,
  .markdown .table-bar {
    display: flex;
    /* Where the text is large and its place narrow, what would be cut off has a line of its own. */
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: 0.15em;
    color: var(--_text-muted);
    font-size: 0.8em;
    -webkit-user-select: none;
    user-select: none;
  }
  .markdown .code-bar {
    padding-block: 0.2em;
    padding-inline: 1.1em 0.3em;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface-raised);
  }
  .markdown .code-bar::before {
    content: attr(data-language) / '';
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-family: var(--_font-mono);
  }
  .markdown [data-chrome] button {
    display: inline-grid;
    place-items: center;
    min-inline-size: 2.1rem;
    min-block-size: 2.1rem;
    padding: 0 0.4rem;
    border: none;
    border-radius: 0.45em;
    background: none;
    font-size: 0.9em;
    font-weight: 600;
  }
  @media (pointer: coarse) {
    .markdown [data-chrome] button {
      min-inline-size: 2.5rem;
      min-block-size: 2.5rem;
    }
  }
  .markdown [data-chrome] button:hover,
  .markdown [data-chrome] button[aria-pressed='true'] {
    color: var(--_text);
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  .markdown [data-chrome] button[aria-pressed='true'] {
    box-shadow: inset 0 0 0 1px;
  }
  .markdown [data-chrome] button::before {
    content: '';
    inline-size: 16px;
    block-size: 16px;
    background: currentColor;
  }
  .markdown [data-action='copy']::before {
    clip-path: path(evenodd, 'M5 1H14V10H11V14H2V5H5Z M6.4 2.4V5H11V8.6H12.6V2.4Z M3.4 6.4V12.6H9.6V6.4Z');
  }
  .markdown [data-action='download']::before {
    clip-path: path('M7.2 1H8.8V8.2L11.4 5.6L12.5 6.7L8 11.2L3.5 6.7L4.6 5.6L7.2 8.2Z M2 12.6H14V14.2H2Z');
  }
  .markdown [data-action='wrap']::before {
    clip-path: path(
      'M1 2H15V3.5H1Z M1 7H11.5A3 3 0 0 1 11.5 13H9.5V15L6.5 12.2L9.5 9.5V11.5H11.5A1.5 1.5 0 0 0 11.5 8.5H1Z M1 11.5H5V13H1Z'
    );
  }
  .markdown [data-chrome] button[data-action='copy-csv']::before {
    content: 'CSV' / '';
  }
  .markdown [data-chrome] button[data-action='copy-markdown']::before {
    content: 'MD' / '';
  }
  .markdown .table-bar button:not([data-outcome])::before {
    inline-size: auto;
    block-size: auto;
    background: none;
  }
  .markdown [data-chrome] button[data-outcome]::before {
    content: '' / '';
    clip-path: path('M6.2 12.6L1.8 8.2L3 7L6.2 10.2L13 3.4L14.2 4.6Z');
  }
  .markdown [data-chrome] button[data-outcome='refused'] {
    color: var(--_danger);
  }
  .markdown [data-chrome] button[data-outcome='refused']::before {
    clip-path: path(
      'M3.4 2.2L8 6.8L12.6 2.2L13.8 3.4L9.2 8L13.8 12.6L12.6 13.8L8 9.2L3.4 13.8L2.2 12.6L6.8 8L2.2 3.4Z'
    );
  }
  /* An icon is a ground, which would be taken away; words have the colour that is theirs there. */
  @media (forced-colors: active) {
    .markdown [data-chrome] button::before {
      forced-color-adjust: none;
      color: ButtonText;
    }
    .markdown [data-chrome] button[aria-pressed='true'] {
      border: 1px solid ButtonText;
    }
  }
  .markdown-news {
    ${visuallyHidden}
  }
  .markdown pre {
    margin: 0;
    padding: 0.95em 1em 1.25em;
    font-family: var(--_font-mono);
    font-size: 0.88em;
    overflow: auto;
    overscroll-behavior-inline: contain;
    overflow-wrap: normal;
    text-align: start;
    tab-size: 4;
    line-height: 1.6;
    max-block-size: var(--ai-code-max-block-size, none);
  }
  .markdown pre > code {
    font-size: 1em;
  }
  /* What stands at the edge of a box that cuts off has its ring inside. */
  .markdown [data-chrome] button:focus-visible,
  .markdown pre:focus-visible,
  .markdown .table-scroll:focus-visible {
    outline-offset: -2px;
  }
  .markdown pre:focus-visible,
  .markdown .table-scroll:focus-visible {
    border-end-start-radius: calc(var(--_radius) - 1px);
    border-end-end-radius: calc(var(--_radius) - 1px);
  }
  .markdown .lines {
    display: block;
    inline-size: max-content;
    min-inline-size: 100%;
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(40 * 1.6em);
    contain-intrinsic-inline-size: auto 40em;
  }
  .markdown [data-reader-wrap] pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .markdown [data-reader-wrap] .lines {
    inline-size: auto;
  }
  .markdown[data-numbered] pre {
    padding-inline-start: 0;
  }
  .markdown [data-lines] {
    position: relative;
    display: block;
    padding-inline-start: 4em;
  }
  .markdown [data-lines] > [data-lines] {
    margin-inline-start: -4em;
  }
  .markdown [data-lines]::before {
    content: attr(data-lines) / '';
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    inline-size: 3em;
    text-align: end;
    white-space: pre;
    color: var(--_text-muted);
    -webkit-user-select: none;
    user-select: none;
  }
  /* Which line a wrapped one is, no number beside the block could tell. */
  .markdown [data-reader-wrap] [data-lines]::before {
    content: none;
  }
  .markdown [data-reader-wrap] [data-lines] {
    padding-inline-start: 1em;
  }
  .markdown [data-reader-wrap] [data-lines] > [data-lines] {
    margin-inline-start: -1em;
  }

  .markdown .table-block {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
    overflow-clip-margin: 0px;
  }
  .markdown .table-bar {
    padding-inline: 0.3em;
    background: var(--_surface-raised);
  }
  .markdown .table-scroll {
    overflow-x: auto;
    overscroll-behavior-inline: contain;
  }
  .markdown .table-scroll table {
    display: table;
    max-inline-size: none;
    overflow: visible;
    margin: 0;
    inline-size: 100%;
    text-align: start;
  }
  /* Each row by itself, its columns as wide as those of the first: a new one costs no more than its own layout. */
  @media screen {
    .markdown [data-long] > table,
    .markdown [data-long] > table > thead,
    .markdown [data-long] > table > tbody {
      display: block;
    }
    .markdown [data-long] > table > thead > tr,
    .markdown [data-long] > table > tbody > tr {
      display: grid;
      grid-template-columns: var(--_columns);
    }
    .markdown [data-long] > table > tbody > tr:nth-child(-n + 2000) {
      content-visibility: auto;
      contain-intrinsic-block-size: auto 2.4em;
    }
    .markdown [data-long] > table > thead > tr > th,
    .markdown [data-long] > table > tbody > tr > td {
      overflow-wrap: anywhere;
    }
  }

  /* On paper nothing scrolls and nothing is pressed: what is too wide is wrapped, and numbers go as for wrapped lines. */
  @media print {
    .markdown .table-bar,
    .markdown .code-bar button,
    .markdown .image-ask small,
    .markdown [data-lines]::before {
      display: none;
    }
    .markdown .code-bar {
      min-block-size: 2em;
    }
    .markdown pre {
      overflow: visible;
      max-block-size: none;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .markdown .lines {
      inline-size: auto;
      content-visibility: visible;
    }
    .markdown [data-lines] {
      padding-inline-start: 1em;
    }
    .markdown [data-lines] > [data-lines] {
      margin-inline-start: -1em;
    }
    .markdown .table-scroll {
      overflow: visible;
    }
    .markdown th,
    .markdown td {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .markdown tr,
    .markdown img {
      break-inside: avoid;
    }
  }
`;
