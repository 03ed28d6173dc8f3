import { css } from 'lit';
import { visuallyHidden } from '../../visually-hidden.js';

/** The panel's own frame: where it stands and how large, before anything stands in it. */
export const frameStyles = css`
  :host {
    --_size: 0.875em;
    display: none;
    position: relative;
    box-sizing: border-box;
    flex: none;
    inline-size: var(--_inline-size, var(--ai-artifact-width, min(42rem, 50vw)));
    min-inline-size: min(18rem, 100%);
    max-inline-size: 100%;
    block-size: 100%;
    min-block-size: 16rem;
    max-block-size: 100dvh;
    background: var(--_surface);
    border-inline-start: 1px solid var(--_border);
  }
  :host([open]) {
    display: block;
  }
  :host([hidden]) {
    display: none;
  }
  :host(:fullscreen) {
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }
  .visually-hidden {
    ${visuallyHidden}
  }
  .failure {
    display: flex;
    flex-wrap: wrap;
    align-content: center;
    justify-content: center;
    gap: 0.5rem;
    block-size: 100%;
    padding-inline: 1.5rem;
    color: var(--_text-muted);
    text-align: center;
  }
  .failure p {
    flex: 0 1 30rem;
    unicode-bidi: plaintext;
    margin-inline: max(0px, (100% - 30rem) / 2);
  }
  .failure button {
    min-block-size: 2rem;
    padding: 0.25rem 0.625rem;
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) / 1.5);
    background: none;
    color: inherit;
    font: inherit;
    font-size: var(--_size);
  }
`;
