import { css } from 'lit';
import { codeColourStyles } from '../../../code/code-colour-styles.js';

/** Source text. */
export const codeStyles = css`
  ${codeColourStyles}
  .code {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    overflow: auto;
    overflow-anchor: none;
    padding-block: 0.75rem;
    background: var(--_surface-sunken);
    font-family: var(--_font-mono);
    font-size: 0.8125rem;
    line-height: 1.55;
    tab-size: 2;
    text-align: left;
  }
  .code:focus-visible {
    outline-offset: -2px;
  }
  .code code {
    display: block;
    inline-size: max-content;
    min-inline-size: 100%;
    font: inherit;
  }
  .group {
    display: block;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 800lh;
  }
  .chunk {
    display: block;
    position: relative;
    padding-left: 4.25rem;
    padding-right: 1rem;
    white-space: pre;
    content-visibility: auto;
    contain-intrinsic-block-size: auto calc(var(--_lines, 20) * 1lh);
  }
  .chunk::before {
    content: attr(data-lines) / '';
    position: absolute;
    left: 0;
    inline-size: 3.25rem;
    color: var(--_text-muted);
    text-align: right;
    -webkit-user-select: none;
    user-select: none;
  }
  .code[data-wrap] code {
    inline-size: auto;
  }
  .code[data-wrap] .chunk {
    padding-left: 1rem;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    /* Prose has a direction of its own, line by line. */
    unicode-bidi: plaintext;
    text-align: start;
  }
  .code[data-wrap] .chunk::before {
    content: none;
  }
  @media (max-width: 48rem) {
    .chunk {
      padding-left: 3.25rem;
    }
    .chunk::before {
      inline-size: 2.5rem;
    }
  }
`;
