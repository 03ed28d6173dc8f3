import { css } from 'lit';

/** On paper nothing scrolls and nothing is pressed: all of what is shown stands there, below its name. */
export const printStyles = css`
  @media print {
    :host {
      position: static;
      inline-size: auto;
      block-size: auto;
      max-block-size: none;
      /* Whatever height the page has given it, which is for the screen. */
      min-block-size: max-content !important;
      border: 0;
      box-shadow: none;
    }
    .panel,
    #content:not(:empty),
    .preview,
    .diff {
      display: block;
      overflow: visible;
      block-size: auto;
      max-block-size: none;
    }
    .resizer,
    .toolbar,
    .request,
    .bar button:not([aria-selected='true']),
    .console button,
    .more button,
    .scroller > button {
      display: none;
    }
    .bar > h2,
    .panel .artifacts [role='tab'],
    .artifacts [role='tab'] > span {
      max-inline-size: none;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .code,
    .scroller,
    .artifacts,
    .lines {
      overflow: visible;
      max-block-size: none;
    }
    .group,
    .chunk {
      content-visibility: visible;
    }
    /* What is too wide is wrapped, and numbers go as for wrapped lines. */
    .code code {
      inline-size: auto;
    }
    .chunk {
      padding-left: 1rem;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .chunk::before {
      content: none;
    }
    .scroller > table > thead th {
      position: static;
    }
    .scroller > table th,
    .scroller > table td {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .scroller tr {
      break-inside: avoid;
    }
    /* A document of its own has the height of its frame. */
    .frames {
      block-size: 80vh;
    }
    .panel .cm-editor {
      block-size: auto;
    }
  }
`;
