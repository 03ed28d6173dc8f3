import { css } from 'lit';

export const imageStyles = css`
  :host {
    display: block;
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
    inline-size: min(100%, var(--_width), var(--_max-height) * var(--_ratio), max(var(--_natural-width, 100vw), 9rem));
    aspect-ratio: var(--_ratio);
    overflow: hidden;
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    isolation: isolate;
    container-type: inline-size;
  }
  /* Words may need more room than a small picture's box has. */
  .box.replaced {
    inline-size: min(100%, max(var(--_width), 16rem));
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
  img.layer {
    position: absolute;
    inset: 0;
    object-fit: scale-down;
  }
  .sized img.layer,
  .drawing img.layer {
    object-fit: contain;
  }
  img.incoming {
    opacity: 0;
  }
  img.shown {
    cursor: zoom-in;
  }
  .box img.placeholder {
    filter: blur(1rem);
    scale: 1.1;
    object-fit: cover;
  }
  .shimmer {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .shimmer::after {
    content: '';
    position: absolute;
    inset: 0;
    background: linear-gradient(
      100deg,
      transparent 30%,
      color-mix(in srgb, var(--_text-muted) 14%, transparent) 50%,
      transparent 70%
    );
    animation: sweep 1.8s ease-in-out infinite;
  }
  @keyframes sweep {
    from {
      translate: -100% 0;
    }
    to {
      translate: 100% 0;
    }
  }
  progress {
    position: absolute;
    inset-block-end: 0;
    inset-inline: 0;
    inline-size: 100%;
    block-size: 0.25rem;
    appearance: none;
    border: 0;
    background: color-mix(in srgb, var(--_surface) 60%, transparent);
    color: var(--_accent);
    accent-color: var(--_accent);
  }
  progress::-webkit-progress-bar {
    background: transparent;
  }
  /* Not one rule: a browser drops a rule whole for a selector that is another's. */
  progress::-webkit-progress-value {
    background: var(--_accent);
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
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
  .fallback svg {
    inline-size: 2rem;
    block-size: 2rem;
    flex: none;
    opacity: 0.7;
  }
  /* Words in another direction than the page's keep their own order. */
  .fallback p,
  .retry,
  .badge,
  .notice {
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
  .retry:hover {
    border-color: var(--_accent);
  }
  .retry[aria-disabled='true'] {
    cursor: progress;
    color: var(--_text-muted);
  }
  .badge {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline-start: 0.5rem;
    max-inline-size: calc(100% - 1rem);
    box-sizing: border-box;
    padding: 0.2em 0.7em;
    border: 1px solid var(--_border);
    border-radius: 2em;
    background: var(--_surface);
    color: var(--_text);
    font-size: 0.8125em;
    line-height: 1.5;
    font-variant-numeric: tabular-nums;
  }
  .badge.error {
    color: var(--_danger);
  }
  .actions {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline-end: 0.5rem;
    display: flex;
    gap: 0.25rem;
    opacity: 0;
    transition: opacity 120ms;
  }
  .box:hover .actions,
  .box:focus-within .actions {
    opacity: 1;
  }
  @media (hover: none) {
    .actions {
      opacity: 1;
    }
  }
  .actions button {
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: 50%;
    background: var(--_surface);
    color: var(--_text);
  }
  .actions button:hover {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  /* A small picture has room for one button; the viewer has the others. */
  @container (inline-size < 11rem) {
    .actions button + button {
      display: none;
    }
  }
  /* One still smaller is its own button for those who point, and a badge is a dot; both are there in full for everyone else. */
  @container (inline-size < 6rem) {
    .actions:not(:focus-within) {
      opacity: 0 !important;
      pointer-events: none;
    }
    .badge {
      inset-block-end: 0.25rem;
      inset-inline-start: 0.25rem;
      inline-size: 0.75rem;
      block-size: 0.75rem;
      padding: 0;
      overflow: hidden;
      text-indent: 100%;
      white-space: nowrap;
      background: var(--_text);
    }
    .badge.error {
      background: var(--_danger);
    }
  }
  .notice {
    position: absolute;
    inset-block-start: 50%;
    inset-inline-start: 50%;
    translate: -50% -50%;
    inline-size: max-content;
    max-inline-size: calc(100% - 1rem);
    box-sizing: border-box;
    padding: 0.4em 1em;
    border-radius: 2em;
    background: var(--_text);
    color: var(--_surface);
    font-size: 0.875em;
    text-align: center;
    pointer-events: none;
  }
  .notice:dir(rtl) {
    translate: 50% -50%;
  }
  .notice:empty {
    padding: 0;
  }
  .box.expired img.shown {
    filter: saturate(0.6);
  }
  @media (prefers-reduced-motion: reduce) {
    .shimmer::after {
      animation: none;
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
    .box:not(.replaced),
    .badge,
    .notice:not(:empty) {
      box-sizing: border-box;
      border: 1px solid CanvasText;
    }
    progress::-webkit-progress-value {
      background: Highlight;
    }
    progress::-moz-progress-bar {
      background: Highlight;
    }
    .shimmer::after {
      display: none;
    }
  }
`;
