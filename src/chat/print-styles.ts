import { css } from 'lit';

/** On paper nothing scrolls, and nothing is pressed. */
export const printStyles = css`
  @media print {
    :host {
      display: block;
      block-size: auto;
      /* Whatever height the page has given it, which is for the screen. */
      min-block-size: max-content !important;
    }
    .scroller {
      block-size: auto;
      overflow: visible;
    }
    .group[data-rests],
    .run[data-rests],
    .group.last > [data-rests] {
      content-visibility: visible;
    }
    .foot,
    .jump,
    .actions,
    .suggestions,
    .choices,
    .choice {
      display: none;
    }
  }
`;
