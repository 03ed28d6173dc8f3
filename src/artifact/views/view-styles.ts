import { css } from 'lit';

/** What the previews look like, and what stands below them. */
export const viewStyles = css`
  .preview,
  .frames {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  .frame {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
    background: Canvas;
  }
  /* The next one loads behind the one that is seen. */
  .frame + .frame {
    z-index: -1;
  }
  .frames {
    isolation: isolate;
  }
  .scroller {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
    padding: 1rem;
  }
  .scroller:focus-visible {
    outline-offset: -2px;
  }
  .more {
    margin: 0.75rem 0;
    font-size: var(--_size);
    color: var(--_text-muted);
  }
  .panel .scroller button {
    border-color: var(--_border);
  }
  /* Its columns begin at the side of the first that has a name. */
  .scroller:has(> table > thead > tr > th:nth-child(1 of :not(:empty)):dir(rtl)) {
    direction: rtl;
  }
  .scroller:has(> table > thead > tr > th:nth-child(1 of :not(:empty)):dir(ltr)) {
    direction: ltr;
  }
  .scroller > table {
    border-collapse: collapse;
    font-size: var(--_size);
    line-height: 1.4;
  }
  .scroller > table > thead th {
    position: sticky;
    inset-block-start: -1rem;
    background: var(--_surface-raised);
    font-weight: 600;
  }
  .scroller > table th,
  .scroller > table td {
    max-inline-size: 24rem;
    padding: 0.375rem 0.75rem;
    border: 1px solid var(--_border);
    /* A column has one edge, whatever the direction of what stands in each of its cells. */
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
    vertical-align: top;
    overflow-wrap: break-word;
    white-space: pre-wrap;
  }
  .scroller [data-unspaced='short'] {
    word-break: keep-all;
  }
  .scroller [data-unspaced='long'] {
    min-inline-size: 6em;
  }
  .scroller > table td.number {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .json {
    font-family: var(--_font-mono);
    font-size: 0.8125rem;
    line-height: 1.6;
  }
  .json details > :not(summary) {
    margin-inline-start: 1.25rem;
  }
  .json summary {
    cursor: pointer;
    color: var(--_text-muted);
  }
  .json .leaf {
    overflow-wrap: anywhere;
  }
  .json .key {
    color: var(--_text);
    font-weight: 600;
  }
  .json .string {
    color: light-dark(#1b6b3a, #8fd6a7);
  }
  .json .number,
  .json .boolean,
  .json .null {
    color: var(--_accent);
  }
  .picture {
    display: grid;
    place-items: center;
    background: repeating-conic-gradient(var(--_surface-raised) 0 25%, var(--_surface) 0 50%) 0 0 / 1.25rem 1.25rem;
  }
  .picture img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 100%;
    min-inline-size: min(8rem, 100%);
    object-fit: contain;
  }
  .picture .more,
  .panel .picture button {
    padding: 0.5rem 1rem;
    border-radius: calc(var(--_radius) / 1.5);
    background: var(--_surface);
  }
  .diff {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
  }
  .diff-bar {
    gap: 0.75rem;
    padding-block: 0.25rem;
    font-size: var(--_size);
  }
  .diff-bar .state {
    white-space: nowrap;
  }
  .diff-bar .added {
    color: light-dark(#1b6b3a, #8fd6a7);
  }
  .diff-bar .removed {
    color: var(--_danger);
  }
  .panel .diff-bar button {
    border-color: var(--_border);
  }
  .panel .diff-bar button[aria-pressed='true'] {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .rows {
    padding: 0;
    background: var(--_surface-sunken);
  }
  .diff .rows > table {
    inline-size: 100%;
    font-family: var(--_font-mono);
    font-size: 0.8125rem;
    line-height: 1.55;
    tab-size: 2;
  }
  .diff .rows > table.split {
    table-layout: fixed;
  }
  .diff .rows > table td {
    max-inline-size: none;
    padding: 0 0.5rem;
    border: 0;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .diff :is(ins, del, .text) {
    display: block;
    padding-inline-start: 1.25em;
    text-indent: -1.25em;
    white-space: pre-wrap;
  }
  .diff .line-number {
    inline-size: 3rem;
    color: var(--_text-muted);
    text-align: end;
    -webkit-user-select: none;
    user-select: none;
    font-variant-numeric: tabular-nums;
  }
  .diff col.line-number {
    inline-size: 4rem;
  }
  /* On a phone the room is the text's. */
  @media (max-width: 48rem) {
    .diff .rows > table .line-number {
      inline-size: 3ch;
      padding-inline: 0.25rem;
    }
    .diff col.line-number {
      inline-size: calc(3ch + 0.5rem);
    }
  }
  .diff td.added {
    background: light-dark(#dff3e4, #12331f);
  }
  .diff td.removed {
    background: light-dark(#fbe3e4, #3d1a1d);
  }
  .diff td.none {
    background: repeating-linear-gradient(-45deg, transparent 0 6px, var(--_surface-raised) 6px 7px);
  }
  .diff :is(ins, del) {
    text-decoration: none;
  }
  .diff mark {
    border-radius: 0.2em;
    color: inherit;
  }
  .diff .added mark {
    background: light-dark(#a5dfb4, #1f6a3b);
  }
  .diff .removed mark {
    background: light-dark(#f2b3b6, #7a2c31);
  }
  .sign-text {
    display: inline-block;
    inline-size: 1.25em;
    text-indent: 0;
    -webkit-user-select: none;
    user-select: none;
  }
  .panel .gap button {
    inline-size: 100%;
    justify-content: center;
    min-block-size: 1.75rem;
    border-radius: 0;
    background: var(--_surface-raised);
    color: var(--_text-muted);
    font-family: var(--_font);
  }
  .footer {
    flex-wrap: wrap;
    min-block-size: 2.5rem;
    border-block: 1px solid var(--_border);
    border-block-end: 0;
    background: var(--_surface-sunken);
    font-size: var(--_size);
  }
  .state {
    padding-inline: 0.5rem;
    color: var(--_text-muted);
  }
  .state:is([data-status='hung'], [data-status='failed'], [data-status='blocked']) {
    color: var(--_danger);
  }
  .question {
    background: var(--_surface-raised);
  }
  /* It comes where a click of the reader's may be on its way: what is opened was there to be read. */
  .question button:first-of-type {
    animation: unarmed 0.5s;
  }
  @keyframes unarmed {
    from,
    to {
      pointer-events: none;
    }
  }
  .address {
    color: var(--_text);
    font-family: var(--_font-mono);
    overflow-wrap: anywhere;
  }
  .panel .footer button {
    border-color: var(--_border);
    background: var(--_surface);
  }
  .console {
    flex: none;
    padding: 0.25rem 1rem 0.375rem;
    border-block-start: 1px solid var(--_border);
    background: var(--_surface-sunken);
    font-size: 0.8125rem;
  }
  .console summary {
    padding-block: 0.125rem;
    cursor: pointer;
    color: var(--_text-muted);
  }
  .count {
    padding-inline: 0.4em;
    border-radius: 1em;
    background: var(--_surface-raised);
    font-variant-numeric: tabular-nums;
  }
  .lines {
    max-block-size: 12rem;
    margin-block: 0.375rem;
    overflow: auto;
    font-family: var(--_font-mono);
  }
  .line {
    display: flex;
    gap: 0.75em;
    padding-block: 0.125rem;
    border-block-end: 1px solid var(--_border);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .level {
    flex: none;
    inline-size: 3.25em;
    color: var(--_text-muted);
  }
  .preview > .cm-editor {
    flex: 1;
    min-block-size: 0;
  }
  @media (forced-colors: active) {
    .diff :is(td.added, td.removed) {
      outline: 1px solid;
    }
  }
  .line[data-level='error'],
  .line[data-level='error'] .level {
    color: var(--_danger);
  }
`;
