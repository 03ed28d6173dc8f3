import { css } from 'lit';
import { failureStyles } from '../element/failure-styles.js';

/** The inspector's own frame: how large it is, before anything stands in it. */
export const inspectorFrame = css`
  :host {
    display: block;
    box-sizing: border-box;
    block-size: var(--ai-inspector-height, 20rem);
    min-inline-size: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
    background: var(--_surface);
    font-size: 0.875em;
  }
  :host([hidden]) {
    display: none;
  }
  ${failureStyles}
`;
