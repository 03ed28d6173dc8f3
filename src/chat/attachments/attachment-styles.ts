import { css } from 'lit';

export const attachmentStyles = css`
  form {
    position: relative;
    flex-wrap: wrap;
  }
  .attach ~ textarea {
    padding-inline-start: 0;
  }
  .attachments {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    gap: 0.375em;
    max-block-size: 9em;
    margin: 0;
    padding: 0.25em 0.25em 0;
    overflow-y: auto;
    list-style: none;
  }
  .attachment {
    display: flex;
    align-items: center;
    gap: 0.375em;
    box-sizing: border-box;
    max-inline-size: 100%;
    padding: 0.25em;
    padding-inline-start: 0.5em;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface-raised);
    font-size: 0.875em;
  }
  .attachment bdi {
    max-inline-size: 14em;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .attachment img {
    flex: none;
    inline-size: 2em;
    block-size: 2em;
    margin-inline-start: -0.25em;
    border-radius: calc(var(--_radius) - 0.375em);
    object-fit: cover;
  }
  .attachment.reading bdi,
  .attachment.reading img {
    opacity: 0.6;
  }
  .problem {
    flex: 1 0 100%;
    margin: 0;
    padding: 0.25em 0.625em 0;
    color: var(--_danger);
    font-size: 0.875em;
  }
  .attach {
    display: grid;
    padding: 0.5em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    color: var(--_text-muted);
  }
  .attach:hover:enabled {
    background: var(--_surface-raised);
    color: var(--_text);
  }
  .attach:disabled {
    cursor: default;
    opacity: 0.5;
  }
  .drop {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    margin: 0;
    border: 2px dashed var(--_accent);
    border-radius: inherit;
    background: color-mix(in srgb, var(--_surface) 92%, transparent);
    color: var(--_accent);
    pointer-events: none;
  }
  @media (forced-colors: active) {
    .attachment {
      border-color: CanvasText;
    }
    .drop {
      border-color: Highlight;
      background: Canvas;
    }
  }
`;
