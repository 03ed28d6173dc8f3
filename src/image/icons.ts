import { svg, type SVGTemplateResult } from 'lit';

/** Line icons on a 24-pixel grid; decoration, so each is hidden from assistive technology. */
function icon(path: SVGTemplateResult): SVGTemplateResult {
  return svg`<svg
    viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"
  >${path}</svg>`;
}

export const brokenPicture = icon(
  svg`<path d="M4 4l16 16M9 4h9a2 2 0 0 1 2 2v9m0 3a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6m0 11 4.5-4.5L14 18" />`,
);
export const expiredPicture = icon(
  svg`<path d="M20 10V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M4 15l4-4 3 3" /><circle cx="17" cy="17" r="5" /><path d="M17 14.5V17l1.5 1.5" />`,
);
export const enlarge = icon(svg`<path d="M14 4h6v6M10 20H4v-6M20 4l-7 7M4 20l7-7" />`);
export const copy = icon(
  svg`<rect x="9" y="9" width="11" height="11" rx="2" /><path d="M15 5.5A2 2 0 0 0 13.500 4H6a2 2 0 0 0-2 2v7.500A2 2 0 0 0 5.500 15" />`,
);
export const download = icon(svg`<path d="M12 4v11m-4.500-4.500L12 15l4.500-4.500M5 20h14" />`);
export const close = icon(svg`<path d="M6 6l12 12M18 6 6 18" />`);
export const previous = icon(svg`<path d="M15 5l-7 7 7 7" />`);
export const next = icon(svg`<path d="M9 5l7 7-7 7" />`);
export const zoomIn = icon(
  svg`<circle cx="11" cy="11" r="6" /><path d="M15.500 15.500 20 20M11 8.500v5M8.500 11h5" />`,
);
export const zoomOut = icon(svg`<circle cx="11" cy="11" r="6" /><path d="M15.500 15.500 20 20M8.500 11h5" />`);
export const fit = icon(
  svg`<path d="M4 9V5a1 1 0 0 1 1-1h4M20 9V5a1 1 0 0 0-1-1h-4M4 15v4a1 1 0 0 0 1 1h4M20 15v4a1 1 0 0 1-1 1h-4" />`,
);
