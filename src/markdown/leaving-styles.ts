import { css } from 'lit';

/** The step before a link is followed. */
export const leavingStyles = css`
  dialog.leaving {
    box-sizing: border-box;
    max-inline-size: min(34rem, calc(100vw - 2rem));
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    padding: 1.25rem;
  }
  dialog.leaving::backdrop {
    background: rgb(0 0 0 / 0.45);
  }
  /* Words in another direction than the page's keep their own order. */
  dialog.leaving h2,
  dialog.leaving p,
  dialog.leaving button {
    unicode-bidi: plaintext;
  }
  dialog.leaving h2 {
    margin: 0 0 0.5em;
    font-size: 1.1em;
  }
  dialog.leaving p {
    margin: 0 0 0.6em;
  }
  .leaving-host {
    font-weight: 650;
    overflow-wrap: anywhere;
    text-align: start;
  }
  .leaving-address {
    display: block;
    /* Where there is little room, the name of the host is still seen above it. */
    max-block-size: min(12em, 25dvh);
    overflow: auto;
    padding: 0.6em 0.8em;
    border-radius: calc(var(--_radius) / 2);
    background: var(--_surface-sunken);
    font-family: var(--_font-mono);
    font-size: 0.9em;
    overflow-wrap: anywhere;
    -webkit-user-select: all;
    user-select: all;
  }
  dialog.leaving .leaving-mismatch {
    margin-block-start: 0.8em;
    font-weight: 600;
    color: var(--_danger);
  }
  .leaving-actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5em;
    margin-block-start: 1em;
  }
  .leaving-actions button {
    padding: 0.45em 0.9em;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) / 2);
    background: var(--_surface-raised);
  }
  /* A click that was meant for what stood there before, as the second one of a double click, opens nothing. */
  .leaving-actions :last-child {
    animation: unarmed 0.5s;
  }
  @keyframes unarmed {
    from,
    to {
      pointer-events: none;
    }
  }
`;
