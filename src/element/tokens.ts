import { css, unsafeCSS } from 'lit';

/** Of text and of code, where the page names no other. */
export const FONT = 'system-ui, sans-serif';
export const MONO_FONT = "ui-monospace, 'SF Mono', Menlo, Consolas, monospace";

/**
 * What every element draws with. Each private name reads a public `--ai-*` property and falls back to a colour for the
 * page's own `color-scheme`, so a page that is dark needs no setting.
 */
export const tokens = css`
  :host {
    --_font: var(--ai-font, ${unsafeCSS(FONT)});
    --_font-mono: var(--ai-font-mono, ${unsafeCSS(MONO_FONT)});
    --_line-height: var(--ai-line-height, 1.6);
    --_surface: var(--ai-surface, light-dark(#ffffff, #17191e));
    --_surface-raised: var(--ai-surface-raised, light-dark(#f4f5f7, #22252c));
    --_surface-sunken: var(--ai-surface-sunken, light-dark(#f8f9fa, #101216));
    --_text: var(--ai-text, light-dark(#1c1f26, #e7e9ee));
    --_text-muted: var(--ai-text-muted, light-dark(#5b6270, #a2a9b6));
    --_border: var(--ai-border, light-dark(#d9dce3, #383d48));
    /* Of what nothing but its edge shows, such as a field: three times as light or dark as the ground. */
    --_edge: var(--ai-border, light-dark(#868d9a, #747b88));
    --_accent: var(--ai-accent, light-dark(#2456c9, #8fb1ff));
    --_on-accent: var(--ai-on-accent, light-dark(#ffffff, #0d1a38));
    --_danger: var(--ai-danger, light-dark(#a8222a, #ff9a9a));
    --_radius: var(--ai-radius, 0.75rem);
    --_space: var(--ai-space, 1rem);
    font-family: var(--_font);
    /* The text around it where that is larger: many pages make a rem 10 pixels, and their text large again. */
    font-size: var(--ai-font-size, max(1rem, 1em));
    line-height: var(--_line-height);
    color: var(--_text);
    /* A place for plain text hands these down, and there the spaces between elements would be lines. */
    white-space: normal;
    text-indent: 0;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  button {
    font: inherit;
    color: inherit;
    cursor: pointer;
  }
  @media (prefers-contrast: more) {
    :host {
      --_text-muted: var(--ai-text-muted, var(--_text));
      --_border: var(--ai-border, var(--_text));
      --_edge: var(--_border);
    }
  }
  @media (forced-colors: active) {
    /* A picture's own colour is forced by no browser: an icon kept what is chosen for a light page. */
    :host {
      --_accent: CanvasText;
    }
    :focus-visible {
      outline-color: Highlight;
    }
  }
`;
