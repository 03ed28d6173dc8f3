const FIELDS = ['data:', 'event:', 'id:', 'retry:'];

/** How a body begins that names no type. `undefined`: too few characters to tell. */
export type Beginning = 'sse' | 'html' | 'text' | undefined;

/** Tells what a body is by its first characters: a misconfigured event stream, an HTML page, or plain text. */
export function sniffBeginning(text: string): Beginning {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') return undefined;
  if (start.startsWith(':') || FIELDS.some((field) => start.startsWith(field))) return 'sse';
  if (FIELDS.some((field) => field.startsWith(start))) return undefined;
  return /^<(!doctype|html|head|body|\?xml)/i.test(start) ? 'html' : mayBecomeHtml(start) ? undefined : 'text';
}

function mayBecomeHtml(start: string): boolean {
  const lower = start.toLowerCase();
  return ['<!doctype', '<html', '<head', '<body', '<?xml'].some((tag) => tag.startsWith(lower));
}
