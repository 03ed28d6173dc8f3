import { css } from 'lit';

/** What stands in the box of a picture, once it can be shown. */
export const pictureStyles = css`
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
  .fallback svg {
    inline-size: 2rem;
    block-size: 2rem;
    flex: none;
    opacity: 0.7;
  }
  /* Words in another direction than the page's keep their own order. */
  .badge,
  .notice {
    unicode-bidi: plaintext;
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
  @media (pointer: coarse) {
    .actions button {
      inline-size: 2.75rem;
      block-size: 2.75rem;
    }
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
  /* Nothing is pressed on paper. */
  @media print {
    .actions,
    .retry {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .shimmer::after {
      animation: none;
      opacity: 0;
    }
  }
  @media (forced-colors: active) {
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
