import { css } from 'lit';

/** The place that a picture is given before it is there, and the words that stand in it where it cannot be shown. */
export const boxStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    max-inline-size: 100%;
    --_ratio: var(--ai-image-ratio, 1);
    --_width: var(--ai-image-width, 24rem);
    --_max-height: var(--ai-image-max-height, 32rem);
  }
  :host([hidden]) {
    display: none;
  }
  .box {
    position: relative;
    display: grid;
    --_own-width: min(var(--_width), var(--_max-height) * var(--_ratio), max(var(--_natural-width, 100vw), 9rem));
    inline-size: min(100%, var(--_own-width));
    aspect-ratio: var(--_ratio);
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    isolation: isolate;
    container-type: inline-size;
    /* Where the page leaves the width to what is in it (a row, a dialog, a cell), which is none then. */
    contain-intrinsic-inline-size: min(var(--_own-width), 90dvw);
  }
  /* Words may need more room than a small picture's box has. */
  .box.replaced {
    --_own-width: max(var(--_width), 16rem);
    min-block-size: min-content;
  }
  .box.replaced.small {
    aspect-ratio: auto;
  }
  .layer {
    grid-area: 1 / 1;
    inline-size: 100%;
    block-size: 100%;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .fallback {
    display: flex;
    flex-direction: column;
    align-items: center;
    /* Where the words are higher than the box, the first of them can be scrolled to. */
    justify-content: safe center;
    gap: calc(var(--_space) * 0.25);
    box-sizing: border-box;
    padding: var(--_space);
    border: 1px dashed var(--_border);
    border-radius: inherit;
    text-align: center;
    font-size: 0.875em;
    line-height: 1.45;
    color: var(--_text-muted);
    overflow-wrap: anywhere;
    overflow: auto;
  }
  /* Words in another direction than the page's keep their own order. */
  .fallback p,
  .retry {
    unicode-bidi: plaintext;
  }
  .fallback p {
    margin: 0;
    text-wrap: balance;
  }
  .fallback .headline {
    color: var(--_text);
    font-weight: 600;
  }
  .fallback .alt {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    flex: none;
    overflow: hidden;
  }
  .retry {
    margin-block-start: calc(var(--_space) * 0.5);
    padding: 0.4em 1em;
    border: 1px solid var(--_border);
    border-radius: 2em;
    background: var(--_surface);
    color: var(--_text);
  }
  @media (pointer: coarse) {
    .retry {
      min-block-size: 2.75rem;
    }
  }
  .retry:hover {
    border-color: var(--_accent);
  }
  .retry[aria-disabled='true'] {
    cursor: progress;
    color: var(--_text-muted);
  }
  @media (forced-colors: active) {
    .box:not(.replaced) {
      box-sizing: border-box;
      border: 1px solid CanvasText;
    }
  }
`;
