/** The shared vectors of what must not run, load or navigate, and those of their kinds that are text to be shown. */
export const HOSTILE_FILES = [
  'script',
  'exfil',
  'ui-redress',
  'unicode',
  'streaming',
  'dompurify-expect',
  'h5sc',
  'markdown-it-fixtures',
  'hast-util-sanitize',
  'vercel-bypass-files',
  'vercel-harden',
  'wpt-sanitizer-subset',
];

export const HOSTILE_KINDS = new Set(['markdown', 'markdown-stream', 'html', 'text', 'url']);
