import { css } from 'lit';
import { selectable } from '../../element/selectable.js';

/** The panel's bars, its header, its tabs. What a view looks like stands with the view. */
export const panelStyles = css`
  .panel {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: inherit;
    max-block-size: inherit;
    overflow: hidden;
    border-radius: inherit;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    flex: none;
    min-block-size: 2.75rem;
    padding-inline: 0.5rem;
    border-block-end: 1px solid var(--_border);
  }
  .toolbar {
    flex-wrap: wrap;
    /* Nothing for one line, which is less high than the bar; two lines would touch its edges. */
    box-sizing: border-box;
    padding-block: 0.125rem;
    background: var(--_surface-sunken);
  }
  .spring {
    flex: 1;
  }
  /* What is rendered below has headings, fields and tables of its own. */
  .bar > h2 {
    flex: 1;
    text-align: -webkit-match-parent;
    text-align: match-parent;
    min-inline-size: 0;
    margin: 0;
    padding-inline: 0.5rem;
    font-size: var(--_size);
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [role='tablist'] {
    display: flex;
    gap: 0.125rem;
    min-inline-size: 0;
  }
  .artifacts {
    flex: 1;
    align-self: stretch;
    overflow-x: auto;
    scrollbar-width: thin;
  }
  .panel button {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    flex: none;
    min-block-size: 2rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) / 1.5);
    background: none;
    font-size: var(--_size);
    line-height: 1.25;
  }
  /* Words in another direction than the page's keep their own order. */
  .panel button,
  .panel label,
  .state,
  .notice,
  .empty {
    unicode-bidi: plaintext;
  }
  .panel button:hover:not(:disabled, [aria-disabled='true']) {
    background: var(--_surface-raised);
  }
  .panel button:disabled,
  .panel button[aria-disabled='true'] {
    color: var(--_text-muted);
    opacity: 0.55;
    cursor: default;
  }
  .panel button.sign {
    justify-content: center;
    inline-size: 2rem;
    padding: 0;
  }
  .panel [role='tab'] {
    color: var(--_text-muted);
  }
  .panel .artifacts [role='tab'] {
    max-inline-size: 14rem;
    margin-block: 0.375rem;
  }
  .artifacts [role='tab'] > span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .panel [role='tab'][aria-selected='true'] {
    color: var(--_text);
    background: var(--_surface-raised);
    border-color: var(--_border);
    font-weight: 600;
  }
  .icon {
    flex: none;
    inline-size: 1.125em;
    block-size: 1.125em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  :host(:dir(rtl)) .flips .icon {
    transform: scaleX(-1);
  }
  .panel button.primary {
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .panel button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 85%, var(--_text));
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    align-items: center;
    gap: 0.25rem;
    margin-inline-start: auto;
  }
  /* As narrow as need be to stand in the line of what is beside it, before it takes one of its own. */
  .versions {
    display: flex;
    flex: 99 1 9rem;
    justify-content: end;
    align-items: center;
    min-inline-size: 9rem;
    max-inline-size: 15rem;
    font-size: var(--_size);
    color: var(--_text-muted);
    font-variant-numeric: tabular-nums;
  }
  .menu {
    position: relative;
  }
  .menu summary {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    box-sizing: border-box;
    block-size: 2rem;
    /* Seen where the reader's own colours are forced, as a button's. */
    border: 1px solid transparent;
    border-radius: calc(var(--_radius) / 1.5);
    cursor: pointer;
    list-style: none;
  }
  .menu summary::-webkit-details-marker {
    display: none;
  }
  .menu summary:hover {
    background: var(--_surface-raised);
  }
  .items {
    position: absolute;
    z-index: 2;
    inset-block-start: 100%;
    inset-inline-end: 0;
    display: grid;
    min-inline-size: 15rem;
    padding: 0.25rem;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 18%);
  }
  select,
  .request input {
    min-block-size: 2rem;
    padding: 0.25rem 0.5rem;
    border: 1px solid var(--_edge);
    border-radius: calc(var(--_radius) / 1.5);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    font-size: var(--_size);
  }
  .versions select {
    min-inline-size: 0;
    max-inline-size: 10rem;
    text-overflow: ellipsis;
  }
  .request input {
    flex: 1;
    min-inline-size: 8rem;
  }
  .pulse {
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border-radius: 50%;
    background: var(--_accent);
    animation: pulse 1.4s ease-in-out infinite;
  }
  @keyframes pulse {
    50% {
      opacity: 0.25;
    }
  }
  #content {
    position: relative;
    display: flex;
    flex-direction: column;
    flex: 1;
    min-block-size: 0;
    background: var(--_surface);
    ${selectable}
  }
  #content:empty {
    display: none;
  }
  .notice {
    flex: none;
    margin: 0;
    padding: 0.5rem 1rem;
    border-block-start: 1px solid var(--_border);
    font-size: var(--_size);
    color: var(--_text-muted);
  }
  .empty {
    margin: auto;
    padding: 2rem;
    max-inline-size: 26rem;
    text-align: center;
    color: var(--_text-muted);
  }
  .resizer {
    position: absolute;
    z-index: 1;
    inset-block: 0;
    inset-inline-start: -0.3125rem;
    inline-size: 0.625rem;
    cursor: col-resize;
    touch-action: none;
  }
  .resizer::after {
    content: '';
    position: absolute;
    inset-block: 0;
    inset-inline: calc(50% - 1px);
    background: transparent;
  }
  /* A frame of another process would take the pointer, captured or not, so the handle is everywhere while it is dragged. */
  .resizer[data-dragged]::before {
    content: '';
    position: fixed;
    inset: 0;
  }
  .resizer[data-dragged]::after,
  .resizer:hover::after,
  .resizer:focus-visible::after {
    background: var(--_accent);
  }
  @media (max-width: 48rem) {
    :host {
      position: fixed;
      z-index: var(--ai-artifact-z-index, 10);
      inset-inline: 0;
      inset-block-end: 0;
      inline-size: auto;
      block-size: var(--_block-size, 85dvh);
      min-block-size: 10rem;
      max-block-size: 100dvh;
      border: 0;
      border-start-start-radius: var(--_radius);
      border-start-end-radius: var(--_radius);
      box-shadow: 0 -0.5rem 2rem rgb(0 0 0 / 25%);
    }
    /* What a finger does in the sheet is not meant for the page behind it. */
    .panel,
    .code,
    .scroller,
    .lines,
    .artifacts {
      overscroll-behavior: contain;
    }
    .bar {
      touch-action: pan-x pinch-zoom;
    }
    /* Where the panel scrolls as a whole, it goes below its handle. */
    .resizer {
      border-radius: inherit;
      background: inherit;
    }
    header.bar {
      margin-block-start: 1.375rem;
    }
    .request .state {
      inline-size: 100%;
    }
    .actions {
      gap: 0;
    }
    .versions select {
      padding-inline: 0.25rem;
    }
    .resizer {
      inset-block: 0 auto;
      inset-inline: 0;
      inline-size: auto;
      block-size: 1.5rem;
      cursor: row-resize;
    }
    .resizer::after {
      inset: 0.5rem auto auto 50%;
      inline-size: 2.5rem;
      block-size: 0.25rem;
      margin-inline-start: -1.25rem;
      border-radius: 1rem;
      background: var(--_edge);
    }
  }
  @media (max-width: 48rem), (pointer: coarse) {
    .panel button {
      min-block-size: 2.5rem;
    }
    .panel button.sign {
      inline-size: 2.5rem;
    }
    .menu summary {
      inline-size: 2.5rem;
      block-size: 2.5rem;
    }
    .panel .versions button.sign {
      inline-size: 2rem;
    }
  }
  /* A phone enlarges the page for a field whose text is smaller. */
  @media (pointer: coarse) {
    select,
    .request input {
      min-block-size: 2.5rem;
      font-size: max(var(--_size), 16px);
    }
    .panel .cm-editor {
      font-size: max(1rem, 16px);
    }
  }
  /* A finger is wider than a line. */
  @media (min-width: 48.001rem) and (pointer: coarse) {
    .resizer {
      inset-inline-start: -0.75rem;
      inline-size: 1.5rem;
    }
  }
  /* Where the bars leave nothing for what they are about, as in a page that is enlarged four times, all of it scrolls. */
  @media (max-height: 30rem) {
    .panel {
      overflow: auto;
    }
    #content:not(:empty) {
      flex: 1 0 14rem;
    }
    .bar {
      touch-action: auto;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .pulse {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .panel [role='tab'][aria-selected='true'] {
      border-color: Highlight;
    }
    .pulse {
      background: Highlight;
    }
  }
`;
