import { css } from 'lit';

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
  .failure {
    padding: 1em;
    color: var(--_text-muted);
    unicode-bidi: plaintext;
  }
  .failure p {
    margin-block: 0 0.75em;
  }
  .failure button {
    padding: 0.25em 0.75em;
    border: 1px solid var(--_border);
    border-radius: 99rem;
    background: var(--_surface);
  }
`;
