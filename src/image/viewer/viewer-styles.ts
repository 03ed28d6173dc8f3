import { css } from 'lit';
import { visuallyHidden } from '../../element/visually-hidden.js';

/** Dark around the picture in both schemes, so that its own colours are what is seen. */
export const viewerStyles = css`
  :host {
    color-scheme: dark;
    --_veil: var(--ai-image-veil, #101216);
  }
  dialog {
    position: fixed;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    max-inline-size: none;
    max-block-size: none;
    box-sizing: border-box;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--_veil);
    color: #f2f3f5;
    overflow: hidden;
    overscroll-behavior: contain;
  }
  dialog[open] {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
  }
  .visually-hidden {
    ${visuallyHidden}
  }
  dialog::backdrop {
    background: transparent;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0.5rem;
  }
  .position {
    flex: 1;
    white-space: nowrap;
    padding-inline-start: 0.5rem;
    font-variant-numeric: tabular-nums;
    font-size: 0.9375em;
    unicode-bidi: plaintext;
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  button {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: transparent;
  }
  button:hover:not([aria-disabled='true']) {
    background: #ffffff26;
  }
  button[aria-disabled='true'] {
    opacity: 0.35;
    cursor: default;
  }
  :focus-visible {
    outline-color: #8fb1ff;
  }
  .stage {
    grid-area: 2 / 1;
    display: grid;
    place-items: center;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    overflow: hidden;
    touch-action: none;
    -webkit-user-select: none;
    user-select: none;
    cursor: zoom-out;
  }
  .picture {
    max-inline-size: 100%;
    max-block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
    cursor: zoom-in;
    -webkit-user-drag: none;
  }
  .enlarged,
  .enlarged .picture {
    cursor: grab;
  }
  .enlarged:active,
  .enlarged:active .picture {
    cursor: grabbing;
  }
  /* Above the picture: what is transformed is painted over what is not. */
  .step,
  .notice {
    position: relative;
    z-index: 1;
  }
  .step {
    grid-area: 2 / 1;
    align-self: center;
    margin: 0.5rem;
    background: #0c0d10b3;
  }
  .previous {
    justify-self: start;
  }
  .next {
    justify-self: end;
  }
  .step:dir(rtl) svg {
    scale: -1 1;
  }
  .caption,
  .notice {
    grid-area: 3 / 1;
    justify-self: center;
    max-inline-size: min(40rem, 100% - 2rem);
    max-block-size: 4.5em;
    margin: 0;
    padding-block: 0.75rem;
    overflow: auto;
    text-align: center;
    line-height: 1.5;
    font-size: 0.9375em;
    unicode-bidi: plaintext;
    overflow-wrap: anywhere;
  }
  .notice {
    grid-area: 2 / 1;
    align-self: end;
    margin-block-end: 1rem;
    padding: 0.5rem 1rem;
    border-radius: 2em;
    background: #f2f3f5;
    color: #16181d;
  }
  .notice:empty {
    visibility: hidden;
    padding: 0;
  }
  .failure,
  .waiting {
    unicode-bidi: plaintext;
    margin: 1rem;
    text-align: center;
  }
  @media (prefers-reduced-motion: no-preference) {
    .picture {
      transition: transform 120ms ease-out;
    }
    .enlarged:active .picture {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid ButtonText;
    }
    .step {
      background: ButtonFace;
    }
  }
`;
