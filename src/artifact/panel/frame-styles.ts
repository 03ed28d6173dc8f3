import { css } from 'lit';
import { failureStyles } from '../../element/failure-styles.js';
import { visuallyHidden } from '../../element/visually-hidden.js';

/** The panel's own frame: where it stands and how large, before anything stands in it. */
export const frameStyles = css`
  :host {
    --_size: 0.875em;
    display: block;
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
  /* Also where a rule of the page, for all that stands in that place, says how it is laid out. */
  :host(:not([open])) {
    display: none !important;
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
  ${failureStyles}
`;
