import { css } from 'lit';

/** What a message has beside its text: thoughts and calls, questions to the reader, artifacts, pictures, sources. */
export const partStyles = css`
  .aside,
  .approval,
  .card {
    margin-block: 0.5em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .aside > summary {
    display: flex;
    align-items: center;
    gap: 0.5em;
    padding: 0.5em 0.75em;
    color: var(--_text-muted);
    cursor: pointer;
    list-style: none;
    border-radius: inherit;
  }
  .aside > summary::-webkit-details-marker {
    display: none;
  }
  .aside > summary::after {
    content: '';
    /* A long name beside it would press it together, to what looks like a tick. */
    flex: none;
    inline-size: 0.45em;
    block-size: 0.45em;
    margin-inline-start: auto;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    rotate: 45deg;
    translate: 0 -25%;
  }
  .aside[open] > summary::after {
    rotate: 225deg;
    translate: 0 25%;
  }
  .aside > summary:hover {
    color: var(--_text);
  }
  .aside > :not(summary) {
    margin-inline: 0.75em;
    margin-block: 0 0.75em;
    color: var(--_text-muted);
  }
  .value-label {
    margin-block: 0 0.25em;
    font-size: 0.8125em;
  }
  .value {
    overflow: auto;
    max-block-size: 20rem;
    margin-block: 0 0.75em;
    padding: 0.75em;
    border-radius: calc(var(--_radius) / 2);
    /* A shade at the lower edge until that is the end: where no scroll bar is drawn, nothing else tells that there is more. */
    background:
      linear-gradient(transparent, var(--_surface-sunken) 50%) 0 100% / 100% 2em no-repeat local,
      linear-gradient(transparent, #8884) 0 100% / 100% 1em no-repeat var(--_surface-sunken);
    font: 0.8125em/1.5 var(--_font-mono);
    white-space: pre-wrap;
  }
  .approval {
    padding: 0.75em 1em;
  }
  .approval p {
    margin-block: 0 0.5em;
  }
  /* What it asks stands beside its sign, however many lines it takes. */
  .approval > p:first-child {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: 0.5em;
  }
  .approval > p:first-child > .icon {
    block-size: 1lh;
  }
  .approval .choices {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  /* As the way out of the step before a link: what is allowed was there to be read. */
  [data-action='allow']:enabled {
    animation: unarmed 0.5s;
  }
  .approval code {
    grid-column: 2;
    font-family: var(--_font-mono);
    color: var(--_text-muted);
    overflow-wrap: anywhere;
  }
  .card {
    display: flex;
    align-items: center;
    gap: 0.75em;
    inline-size: min(24rem, 100%);
    padding: 0.75em 1em;
    text-align: start;
    transition: border-color 0.15s;
  }
  .card .icon {
    inline-size: 1.75em;
    block-size: 1.75em;
    color: var(--_accent);
  }
  .card-text {
    display: grid;
    min-inline-size: 0;
    line-height: 1.35;
  }
  .card-title {
    font-weight: 600;
  }
  ai-image {
    margin-block: 0.5em;
    max-inline-size: 100%;
  }
  .sources ol {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.5em;
    margin: 0.5em 0 0;
    padding: 0;
    list-style: none;
    font-size: 0.875em;
  }
  .sources li {
    max-inline-size: min(16rem, 100%);
    box-sizing: border-box;
    padding: 0.125em 0.625em;
    border: 1px solid var(--_border);
    border-radius: 99rem;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  [part='file'] {
    margin-block: 0.5em;
  }
  [part='file'] > a,
  article a[data-url] {
    color: var(--_accent);
    text-decoration: underline;
    cursor: pointer;
  }
  .sources a:is([href], [data-url]) {
    color: inherit;
    text-decoration: none;
  }
  .sources li a:is(:hover, :focus-visible) {
    text-decoration: underline;
  }
  /* All of what looks like a button is one. */
  .sources li:has(> a) {
    padding: 0;
    overflow: visible;
  }
  .sources li > a {
    display: block;
    padding: 0.125em 0.625em;
    border-radius: inherit;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @media (pointer: coarse) {
    .aside > summary {
      min-block-size: 2.75rem;
      box-sizing: border-box;
    }
    .sources ol {
      gap: 0.5em;
    }
    .sources li > a {
      min-block-size: 2.5rem;
      align-content: center;
      box-sizing: border-box;
    }
  }
`;
