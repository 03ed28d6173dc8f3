import { css } from 'lit';
import { selectable } from '../element/selectable.js';
import { visuallyHidden } from '../element/visually-hidden.js';

export const inspectorStyles = css`
  :host {
    display: grid;
    /* What is there for assistive technology alone stands in it, not in the page around it, which it would make longer. */
    position: relative;
    grid-template-rows: auto minmax(0, 1fr);
  }
  :host([hidden]) {
    display: none;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375em;
    align-items: center;
    padding: 0.5em 0.75em;
    border-block-end: 1px solid var(--_border);
    background: var(--_surface-raised);
  }
  .bar fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125em 0.75em;
    margin: 0;
    margin-inline-end: auto;
    padding: 0;
    border: 0;
  }
  .bar label {
    min-block-size: 1.75em;
    display: inline-flex;
    gap: 0.25em;
    align-items: center;
  }
  .bar [type='search'] {
    flex: 1 1 11em;
    max-inline-size: 16em;
    min-inline-size: 0;
    padding: 0.25em 0.75em;
    border: 1px solid var(--_edge);
    border-radius: 99rem;
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  @media (pointer: coarse) {
    .bar [type='search'] {
      font-size: max(1em, 16px);
    }
    .bar label {
      min-block-size: 2rem;
    }
    .bar button,
    .rows button,
    .bar .file {
      min-block-size: 2.25rem;
      box-sizing: border-box;
    }
  }
  .bar button,
  .rows button,
  .file {
    padding: 0.25em 0.5em;
    border: 1px solid var(--_border);
    border-radius: 99rem;
    background: var(--_surface);
    cursor: pointer;
  }
  .bar button[aria-pressed='true'] {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .file:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .visually-hidden {
    ${visuallyHidden}
  }
  .rows {
    container-type: inline-size;
    margin: 0;
    padding: 0;
    overflow: auto;
    /* Where the reader is we keep ourselves, in every browser. */
    overflow-anchor: none;
    ${selectable}
    list-style: none;
    font-family: var(--_font-mono);
    font-size: 0.9375em;
  }
  .rows button {
    float: inline-end;
    margin: 0.5em 0.75em;
    font-family: var(--_font);
  }
  .rows > li {
    border-block-end: 1px solid color-mix(in srgb, var(--_border) 50%, transparent);
    content-visibility: auto;
    contain-intrinsic-block-size: auto 1.9em;
  }
  summary,
  .plain {
    display: grid;
    grid-template-columns: 8ch 9ch minmax(6ch, 24ch) minmax(0, 1fr);
    gap: 0 1em;
    padding: 0.125em 0.75em;
    white-space: nowrap;
  }
  /* What stands at the edge of a box that cuts off has its ring inside. */
  .rows:focus-visible,
  summary:focus-visible {
    outline-offset: -2px;
  }
  summary {
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  details[open],
  summary:hover {
    background: var(--_surface-sunken);
  }
  summary > *,
  .plain > * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .time {
    color: var(--_text-muted);
    text-align: end;
  }
  .kind,
  .excerpt {
    color: var(--_text-muted);
  }
  [data-kind='error'] .kind,
  [data-kind='error'] .title {
    color: var(--_danger);
  }
  [data-kind='event'] .title {
    color: var(--_accent);
  }
  pre {
    margin: 0;
    padding: 0.5em 0.75em 0.75em;
    overflow: auto;
    max-block-size: 20em;
    font: inherit;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .empty {
    padding: 1em;
    color: var(--_text-muted);
  }
  @media print {
    :host {
      block-size: auto;
      /* Whatever height the page has given it, which is for the screen. */
      min-block-size: max-content !important;
    }
    .rows {
      overflow: visible;
    }
    .bar,
    .rows button {
      display: none;
    }
    pre {
      max-block-size: none;
    }
  }
  /* Where there is no room beside it, what came stands below its name. */
  @container (inline-size < 32rem) {
    .excerpt {
      grid-column: 1 / -1;
    }
  }
`;
