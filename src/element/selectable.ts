import { css } from 'lit';

/** An app that lets nothing of itself be selected means its buttons, not what its readers copy. */
export const selectable = css`
  -webkit-user-select: text;
  user-select: text;
`;
