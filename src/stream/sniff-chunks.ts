const FIELDS = ['data:', 'event:', 'id:', 'retry:'];

/** How a body begins that names no type. `undefined`: too few characters to tell. */
export type Beginning = 'sse' | 'lines' | 'array' | 'html' | 'binary' | 'text' | undefined;

/** A line of JSON is told by its end; past this many characters a beginning is text. */
const LONGEST_FIRST_LINE = 4096;

/** Lines with a code in front (`0:"text"`, `aui-state:[…]`), and what may become one. */
const CODED = /^([0-9a-k]|aui-[\w-]{1,24}):(?=["[{])/;
const HALF_A_CODE = /^([0-9a-k]|a(u(i(-[\w-]{0,24})?)?)?):?$/;

/** Google's responses in one array, which is what it sends without `alt=sse`, and what may become that. */
const ARRAY = /^\[\s*\{\s*"(candidates|promptFeedback|usageMetadata|error)"\s*:/;
const HALF_AN_ARRAY = /^\[\s{0,8}(\{\s{0,8}("\w{0,16}("\s{0,8})?)?)?$/;

/** What no text has: Amazon's event streams begin with it, compressed bodies and text of two bytes a letter. */
const OF_NO_TEXT = ['\0', '\x1F'];

/** Tells what a body is by its first characters: a misconfigured event stream, lines of JSON, an HTML page, what is no text, or text. */
export function sniffBeginning(text: string): Beginning {
  const start = text.replace(/^\uFEFF/, '').trimStart();
  if (start === '') return undefined;
  if (OF_NO_TEXT.some((sign) => start.slice(0, 64).includes(sign))) return 'binary';
  if (start.startsWith(':') || FIELDS.some((field) => start.startsWith(field))) return 'sse';
  if (FIELDS.some((field) => field.startsWith(start)) || HALF_A_CODE.test(start)) return undefined;
  if (start.startsWith('{') || CODED.test(start)) return sniffFirstLine(start);
  if (ARRAY.test(start)) return 'array';
  if (HALF_AN_ARRAY.test(start)) return undefined;
  return /^<(!doctype|html|head|body|\?xml)/i.test(start) ? 'html' : mayBecomeHtml(start) ? undefined : 'text';
}

function sniffFirstLine(start: string): Beginning {
  const end = start.indexOf('\n');
  if (end < 0) return start.length > LONGEST_FIRST_LINE ? 'text' : undefined;
  return isJson(start.slice(0, end).replace(CODED, '')) ? 'lines' : 'text';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function mayBecomeHtml(start: string): boolean {
  const lower = start.toLowerCase();
  return ['<!doctype', '<html', '<head', '<body', '<?xml'].some((tag) => tag.startsWith(lower));
}
