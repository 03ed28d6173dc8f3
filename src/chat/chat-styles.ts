import { css } from 'lit';
import { selectable } from '../element/selectable.js';
import { visuallyHidden } from '../element/visually-hidden.js';

export const chatStyles = css`
  :host {
    display: grid;
    /* What is there for assistive technology alone stands in it, not in the page around it, which it would make longer. */
    position: relative;
    grid-template-rows: auto minmax(0, 1fr) auto;
    /* A long line of code must scroll in its block, not widen the thread. */
    grid-template-columns: minmax(0, 1fr);
    block-size: var(--ai-chat-height, min(40rem, 100dvh));
    min-inline-size: 0;
    background: var(--_surface);
    container-type: inline-size;
    /* The width where the page leaves it to what is in it (a dialog, a row, a corner of the window), which is none then. */
    contain-intrinsic-inline-size: min(48rem, 90dvw);
  }
  :host([hidden]) {
    display: none;
  }
  .visually-hidden {
    ${visuallyHidden}
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .stage {
    position: relative;
    min-block-size: 0;
    grid-row: 2;
  }
  .scroller {
    position: relative;
    block-size: 100%;
    overflow: auto;
    overscroll-behavior: contain;
    scrollbar-gutter: stable;
    ${selectable}
  }
  /*
   * While text grows below, Chromium 156 anchors to blocks that are not laid out yet and drags the reader along. It is told
   * so itself: what hangs on a state of the host a browser looks for in all of the thread, with each change of any state.
   */
  .scroller[data-streams] {
    overflow-anchor: none;
  }
  .thread {
    box-sizing: border-box;
    display: flow-root;
    max-inline-size: var(--ai-thread-width, 48rem);
    margin-inline: auto;
    padding: var(--_space);
  }

  .group,
  .run,
  article {
    /* The row of buttons stands out at the side, and the ring of what has the focus around it. */
    overflow-clip-margin: 20px;
  }
  article {
    margin-block: 0 calc(var(--_space) * 1.5);
    /* Each message is its own island of text direction: what one writes cannot reorder the next. */
    unicode-bidi: isolate;
    overflow-wrap: anywhere;
  }
  /* What it remembers is its height with the last margin. */
  .group,
  .run {
    display: flow-root;
  }
  .group,
  .run,
  .group.last > article {
    contain-intrinsic-block-size: auto 12rem;
  }
  /* To remember a height costs a browser something in each frame: in a group that may rest it is that of the group alone. */
  .group:not(.last) .markdown:not([data-long]) > :nth-child(-n + 14) {
    contain-intrinsic-block-size: none;
  }
  .group[data-rests],
  .run[data-rests],
  .group.last > [data-rests] {
    content-visibility: auto;
  }
  article[data-role='user'] {
    max-inline-size: 85%;
    margin-inline-start: auto;
  }
  /* What the reader sent stands at the reader's side, each part of it as wide as it is by itself. */
  article[data-role='user'] > ai-image::part(box) {
    margin-inline-start: auto;
  }
  article[data-role='user'] > [part='file'] {
    text-align: end;
  }
  .plain {
    margin: 0;
    white-space: pre-wrap;
  }
  article[data-role='user'] > .plain {
    background: var(--ai-user-surface, var(--_surface-raised));
    inline-size: fit-content;
    /* By the page's direction, which is not always that of the words. */
    margin-left: auto;
    padding: 0.625em 1em;
    border-radius: var(--_radius);
    border-bottom-right-radius: 0.25rem;
  }
  :host(:dir(rtl)) article[data-role='user'] > .plain {
    margin: 0 auto 0 0;
    border-bottom-left-radius: 0.25rem;
    border-bottom-right-radius: var(--_radius);
  }
  article[data-role='user'] > * + .plain {
    margin-block-start: 0.25em;
  }

  .actions {
    display: flex;
    gap: 0.125em;
    margin-block-start: 0.25em;
    margin-inline-start: -0.375em;
  }
  article[data-role='user'] .actions {
    justify-content: end;
    margin-inline: 0 -0.375em;
  }
  .action {
    display: grid;
    padding: 0.375em;
    border: 0;
    border-radius: calc(var(--_radius) / 2);
    background: none;
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .action:hover {
    background: var(--_surface-raised);
    color: var(--_text);
  }

  .working {
    display: flex;
    align-items: center;
    gap: 0.75em;
    margin: 0 0 var(--_space);
    color: var(--_text-muted);
  }
  .dots {
    display: inline-flex;
    gap: 0.25em;
  }
  .dots i {
    inline-size: 0.4em;
    block-size: 0.4em;
    border-radius: 50%;
    background: currentColor;
    animation: breathe 1.2s infinite ease-in-out;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes breathe {
    0%,
    80%,
    100% {
      opacity: 0.3;
    }
    40% {
      opacity: 1;
    }
  }
  .note,
  .card-note {
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .note {
    margin: 0 0 var(--_space);
  }
  .actions > .note {
    margin: auto 0;
  }
  .error {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5em 1em;
    margin: 0 0 var(--_space);
    padding: 0.75em 1em;
    border: 1px solid var(--_danger);
    border-radius: var(--_radius);
  }
  .error.calm {
    border-color: var(--_border);
  }
  .error p {
    flex: 1 1 16rem;
    min-inline-size: 0;
    margin: 0;
    /* A service names addresses and numbers of requests. */
    overflow-wrap: anywhere;
  }
  /* The time that is left and the button stand in a line of their own. */
  .error p:has(+ .wait) {
    flex-basis: 100%;
  }
  .error .wait {
    flex: 1 1 auto;
    color: var(--_text-muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .error small {
    display: block;
    color: var(--_text-muted);
  }
  .choice,
  .suggestion {
    padding: 0.375em 0.875em;
    border: 1px solid var(--_border);
    border-radius: 99rem;
    background: var(--_surface);
  }
  /* Of two lines or more, which begin where the first one does. */
  .suggestion {
    border-radius: 1.5em;
    text-align: start;
  }
  .card:hover,
  .choice:enabled:hover,
  .suggestion:enabled:hover {
    border-color: var(--_accent);
  }
  .choice:disabled,
  .suggestion:disabled,
  textarea:disabled {
    color: var(--_text-muted);
    cursor: default;
  }
  form:has(textarea:disabled) {
    border-color: var(--_border);
    background: var(--_surface-raised);
  }
  /* What one could begin with stands where one begins: above the text field. */
  .thread.empty {
    display: grid;
    align-content: end;
    gap: var(--_space);
    min-block-size: 100%;
  }
  .suggestions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .jump {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline: 0;
    inline-size: fit-content;
    margin-inline: auto;
    display: grid;
    padding: 0.5em;
    border: 1px solid var(--_border);
    border-radius: 50%;
    background: var(--_surface);
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.15);
  }

  /* Keeps the same room for a scrollbar as the thread above, so that both stand in one line. */
  .foot {
    grid-row: 3;
    overflow: hidden;
    scrollbar-gutter: stable;
    padding: 4px var(--_space) var(--_space);
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 0.5em;
    max-inline-size: calc(var(--ai-thread-width, 48rem) - 2 * var(--_space));
    margin-inline: auto;
    margin-block-end: 0.5em;
    padding-inline-start: 0.75em;
    color: var(--_text-muted);
    font-size: 0.875em;
  }
  .notice p {
    flex: 1;
    margin: 0;
  }
  form {
    display: flex;
    align-items: end;
    gap: 0.5em;
    max-inline-size: calc(var(--ai-thread-width, 48rem) - 2 * var(--_space));
    margin-inline: auto;
    box-sizing: border-box;
    padding: 0.375em;
    border: 1px solid var(--_edge);
    border-radius: calc(var(--_radius) + 0.375em);
    background: var(--_surface);
  }
  form:focus-within {
    border-color: var(--_accent);
    outline: 2px solid color-mix(in srgb, var(--_accent) 30%, transparent);
  }
  textarea {
    flex: 1;
    min-inline-size: 0;
    max-block-size: min(12lh, 40dvh);
    padding: 0.375em 0.625em;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    resize: none;
    field-sizing: content;
  }
  textarea:focus-visible {
    outline: none;
  }
  /* Nothing has no direction: what is said in its place has that of the page. */
  textarea:placeholder-shown {
    direction: inherit;
  }
  textarea::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .submit {
    display: grid;
    padding: 0.5em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .submit:disabled {
    background: var(--_surface-raised);
    color: var(--_text-muted);
    cursor: default;
  }

  /* A finger is wider than a sign; and a phone enlarges the page for a field whose text is smaller than this. */
  @media (pointer: coarse) {
    .action,
    .choice,
    .suggestion,
    .jump,
    .submit {
      min-inline-size: 2.75rem;
      min-block-size: 2.75rem;
      place-content: center;
    }
    .actions {
      margin-inline-start: -0.8em;
    }
    article[data-role='user'] .actions {
      margin-inline-end: -0.8em;
    }
    textarea {
      padding-block: max(0.375em, (2.75rem - 1lh) / 2);
      font-size: max(1em, 16px);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .dots i {
      animation: none;
      opacity: 0.6;
    }
    .card {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    article[data-role='user'] > .plain,
    .submit {
      border: 1px solid ButtonText;
    }
    .dots i {
      background: CanvasText;
    }
  }
`;
