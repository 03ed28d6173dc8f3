import { css } from 'lit';

/** What stands in an element whose late part could not be loaded: the words, and the buttons below them. */
export const failureStyles = css`
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
