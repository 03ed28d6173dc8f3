import { css, unsafeCSS } from 'lit';
import type { CSSResult } from 'lit';
import { codeColourStyles } from '../code/code-colour-styles.js';
import { selectable } from '../element/selectable.js';
import { boxStyles } from './box-styles.js';
import { extraStyles } from './extra-styles.js';
import { leavingStyles } from './leaving-styles.js';
import { listStyles } from './list-styles.js';

/**
 * Each block looks for its own direction. A table goes by the first cell of its head in which there is something; an item
 * or a quote that no writer has told of, as in HTML, and a note by its first paragraph.
 */
function side(direction: 'ltr' | 'rtl'): CSSResult {
  const dir = unsafeCSS(`:dir(${direction})`);
  return css`
    .markdown li:has(> p:first-child${dir}),
    .markdown blockquote:has(> p:first-child${dir}),
    .markdown .table-scroll:has(> table > thead > tr > th:nth-child(1 of :not(:empty))${dir}) {
      direction: ${unsafeCSS(direction)};
    }
  `;
}

/** Rules name their elements one by one: a browser tries a rule that ends in `:is()` on every element. */
const textStyles = css`
  .markdown {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    ${selectable}
  }
  .plain {
    white-space: pre-wrap;
  }
  /* Of more, to look which of them are in sight takes longer than to lay them out. */
  .markdown > :where(:nth-child(-n + 8000)) {
    contain: layout style paint;
    contain-intrinsic-block-size: auto 3em;
    overflow-clip-margin: 4px;
  }
  /*
   * The first are in sight, and a browser that is to find that out lays each of them out twice; in a long text one of
   * them may be most of it, and has the height by then that is remembered for it.
   */
  .markdown > :where(:nth-child(n + 15):nth-child(-n + 8000)),
  .markdown[data-long] > :where(:nth-child(-n + 14)) {
    content-visibility: auto;
  }
  .markdown p,
  .markdown ul,
  .markdown ol,
  .markdown blockquote,
  .markdown details,
  .markdown dl,
  .markdown figure,
  .markdown .code-block,
  .markdown .table-block {
    margin-block: 0.85em 0;
    margin-inline: 0;
  }
  .markdown h1,
  .markdown h2,
  .markdown h3,
  .markdown h4,
  .markdown h5,
  .markdown h6 {
    margin-block: 1.5em 0;
    line-height: 1.3;
    font-weight: 650;
    text-wrap: balance;
  }
  .markdown h1 {
    font-size: 1.5em;
  }
  .markdown h2 {
    font-size: 1.3em;
  }
  .markdown h3 {
    font-size: 1.12em;
  }
  .markdown h4,
  .markdown h5,
  .markdown h6 {
    font-size: 1em;
  }
  .markdown h6 {
    color: var(--_text-muted);
  }
  ${listStyles}
  ${side('ltr')}
  ${side('rtl')}
  /* Where WebKit paints the ring of what has the focus at the edge of its block: it knows no margin for that. */
  @supports not (overflow-clip-margin: 1em) {
    .markdown > p,
    .markdown > h1,
    .markdown > h2,
    .markdown > h3,
    .markdown > h4,
    .markdown > h5,
    .markdown > h6 {
      margin-inline: -4px;
      padding-inline: 4px;
    }
    .markdown > .footnotes {
      padding-block-end: 4px;
    }
    .markdown .image-ask:focus-visible {
      outline-offset: -2px;
    }
  }
  .markdown blockquote {
    padding-inline-start: 1em;
    border-inline-start: 3px solid var(--_border);
    color: var(--_text-muted);
  }
  /* Space stands before a block, never behind it: adding one does not move the one before. */
  .markdown :is(h1, h2, h3, h4, h5, h6) + * {
    margin-block-start: 0.5em;
  }
  .markdown > :first-child,
  .markdown :is(li, blockquote, td, th, dd) > :first-child {
    margin-block-start: 0;
  }
  /* The text of a tight item is no element: the box below it is the first. What comes next keeps as far from it. */
  .markdown li > .code-block:first-child,
  .markdown li > .table-block:first-child,
  .markdown li > blockquote:first-child,
  .markdown li > details:first-child {
    margin-block-start: 0.5em;
  }
  .markdown li > .code-block,
  .markdown li > .table-block,
  .markdown li > .alert,
  .markdown li > details {
    margin-block-end: 0.5em;
  }
  .markdown hr {
    border: none;
    border-block-start: 1px solid var(--_border);
    margin-block: 1.6em 0;
  }
  .markdown a {
    color: var(--_accent);
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }
  .markdown a:hover {
    text-decoration-thickness: 2px;
  }
  .markdown a[data-url] {
    cursor: pointer;
  }
  .markdown a:not([href], [data-url]) {
    text-decoration-style: dotted;
  }
  .markdown code,
  .markdown kbd,
  .markdown samp,
  .markdown tt {
    font-family: var(--_font-mono);
    font-size: 0.88em;
    text-transform: none;
    letter-spacing: normal;
    word-spacing: normal;
    hyphens: manual;
  }
  .markdown :not(pre) > code {
    padding: 0.12em 0.35em;
    border-radius: 0.35em;
    background: var(--_surface-raised);
  }
  .markdown kbd {
    padding: 0.08em 0.4em;
    border: 1px solid var(--_border);
    border-block-end-width: 2px;
    border-radius: 0.35em;
    background: var(--_surface-raised);
  }
  .markdown mark {
    background: light-dark(#fff1a8, #5a4a00);
    color: inherit;
  }
  .markdown sub,
  .markdown sup {
    line-height: 0;
  }
  .markdown dt {
    font-weight: 600;
  }
  .markdown dd {
    margin-inline: 1.6em 0;
  }
  .markdown dd + dt {
    margin-block-start: 0.5em;
  }
  .markdown figcaption {
    margin-block-start: 0.5em;
    font-size: 0.9em;
    color: var(--_text-muted);
  }
  .markdown details {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    padding: 0.6em 0.9em;
  }
  .markdown summary {
    cursor: pointer;
    font-weight: 600;
  }
  .markdown details[open] > summary {
    margin-block-end: 0.6em;
  }
  .markdown img {
    max-inline-size: 100%;
    max-block-size: 40em;
    block-size: auto;
    border-radius: calc(var(--_radius) / 2);
    vertical-align: middle;
  }
  .markdown img[data-failed] {
    display: none;
  }
  .markdown .image-ask {
    display: inline-grid;
    gap: 0.15em;
    max-inline-size: 100%;
    padding: 0.6em 0.9em;
    margin-block: 0.15em;
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-sunken);
    text-align: start;
    vertical-align: middle;
  }
  .markdown .image-ask > span,
  .markdown .image-ask > small {
    unicode-bidi: plaintext;
  }
  .markdown .image-ask small {
    color: var(--_text-muted);
  }
  .markdown .image-ask:hover {
    border-color: var(--_accent);
  }
  .markdown .image-refused {
    color: var(--_text-muted);
    font-style: italic;
  }

  .markdown table {
    /* One in HTML has no box around it: it scrolls by itself. */
    display: block;
    max-inline-size: 100%;
    overflow-x: auto;
    margin-block: 0.85em 0;
    /* Cells have one edge each: there is nothing to collapse, and to look for it takes a browser time. */
    border-spacing: 0;
    font-size: 0.95em;
  }
  .markdown th,
  .markdown td {
    padding: 0.45em 0.8em;
    /* A column has one edge, whatever the direction of what stands in each of its cells. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    vertical-align: top;
    overflow-wrap: normal;
    border-block-end: 1px solid var(--_border);
  }
  .markdown [data-unspaced='short'] {
    word-break: keep-all;
  }
  .markdown [data-unspaced='long'] {
    min-inline-size: 6em;
  }
  .markdown th[align='center'],
  .markdown td[align='center'] {
    text-align: center;
  }
  .markdown th[align='left'],
  .markdown td[align='left'] {
    text-align: left;
  }
  .markdown th[align='right'],
  .markdown td[align='right'] {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .markdown th {
    background: var(--_surface-raised);
    font-weight: 600;
  }
  .markdown tbody tr:last-child > td {
    border-block-end: none;
  }

  .markdown .alert {
    --_alert: var(--_accent);
    padding-block: 0.6em;
    padding-inline-end: 1em;
    border-inline-start-color: var(--_alert);
    background: color-mix(in srgb, var(--_alert) 7%, transparent);
    border-start-end-radius: var(--_radius);
    border-end-end-radius: var(--_radius);
    color: inherit;
  }
  .markdown .alert::before {
    content: attr(data-title) / '';
    display: block;
    margin-block-end: 0.25em;
    font-weight: 650;
    color: var(--_alert);
  }
  .markdown .alert[data-alert='tip'] {
    --_alert: light-dark(#1a7040, #6fd19a);
  }
  .markdown .alert[data-alert='important'] {
    --_alert: light-dark(#7a3fb8, #c9a3f5);
  }
  .markdown .alert[data-alert='warning'] {
    --_alert: light-dark(#8a5a00, #e8b64c);
  }
  .markdown .alert[data-alert='caution'] {
    --_alert: var(--_danger);
  }

  .markdown [data-caret]::after {
    content: '' / '';
    display: inline-block;
    inline-size: 0.5em;
    block-size: 1em;
    margin-inline-start: 0.15em;
    vertical-align: -0.12em;
    border-radius: 1px;
    background: var(--ai-caret-color, var(--_accent));
    /* It blinks where it waits, not where it runs: each start of an animation is a layer to be made. */
    animation: ai-caret 1.1s 0.8s steps(2, jump-none) infinite;
  }
  /* Behind a line that is complete it would open a line of its own, which code that has ended does not have. */
  .markdown code[data-caret]::after,
  .markdown .lines[data-caret]::after {
    position: absolute;
    margin-block-start: 0.25em;
  }
  .markdown[data-streaming] pre {
    position: relative;
  }
  @keyframes ai-caret {
    to {
      opacity: 0.15;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .markdown [data-caret]::after {
      animation: none !important;
    }
  }
  @media (forced-colors: active) {
    .markdown [data-caret]::after,
    .markdown input[type='checkbox'][checked]::before {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }

  @media print {
    .markdown h1,
    .markdown h2,
    .markdown h3,
    .markdown h4,
    .markdown h5,
    .markdown h6 {
      break-after: avoid;
    }
  }
`;

/**
 * The look of rendered text, for any shadow root that has `tokens` beside it. Its container has the class `markdown`.
 * Blocks that are out of sight cost no layout.
 */
export const markdownStyles = css`
  ${textStyles}
  ${boxStyles}
  ${codeColourStyles}
  ${extraStyles}
  ${leavingStyles}
`;
