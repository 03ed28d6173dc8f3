import { svg, type SVGTemplateResult } from 'lit';

const PATHS = {
  close: 'M6 6l12 12M18 6L6 18',
  earlier: 'M15 5l-7 7 7 7',
  later: 'M9 5l7 7-7 7',
  copy: 'M9 9h10v11H9zM5 15V4h10',
  copied: 'M5 13l5 5L19 7',
  download: 'M12 4v11m-5-4l5 5 5-5M5 20h14',
  fullscreen: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  more: 'M4 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M18 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0',
  edit: 'M4 20l1-4L16 5l3 3L8 19zM14 7l3 3',
  restore: 'M4 12a8 8 0 1 0 3-6.2M4 4v5h5',
  run: 'M7 5l12 7-12 7z',
  stop: 'M7 7h10v10H7z',
  reload: 'M20 12a8 8 0 1 1-2.5-5.8M20 4v5h-5',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign beside or instead of a word; the button that holds it has the name. */
export function icon(name: IconName): SVGTemplateResult {
  return svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]}></path></svg>`;
}
