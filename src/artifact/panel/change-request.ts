import type { ArtifactVersion } from '../artifact-history.js';
import { countLines } from '../views/code/code-chunks.js';

/** So much of an artifact is quoted in a request; what is longer is cut in its middle. */
const LONGEST_QUOTE = 20_000;

/** The message that asks the model for a change: what it is about, the passage as it stands, the reader's words. */
export function changeRequest(
  { artifact, origin, version }: ArtifactVersion,
  range: { from: number; to: number },
  request: string,
): string {
  const { id, title, language, content } = artifact;
  const whole = range.from === 0 && range.to === content.length;
  // The model knows what it wrote itself, not what the reader changed since.
  const known = whole && origin === 'message';
  const about = `About the artifact ${JSON.stringify(title ?? id)} (id ${JSON.stringify(id)}, version ${version}${whole ? '' : `, ${linesOf(content, range)}`}):`;
  const quote = known ? '' : `\n\n${fenced(shortened(content.slice(range.from, range.to)), language ?? '')}`;
  return `${about}${quote}\n\n${request}`;
}

function linesOf(content: string, { from, to }: { from: number; to: number }): string {
  const first = countLines(content.slice(0, from)) + 1;
  const last = first + countLines(content.slice(from, to).replace(/\n$/, ''));
  return first === last ? `line ${first}` : `lines ${first}–${last}`;
}

function shortened(text: string): string {
  if (text.length <= LONGEST_QUOTE) return text;
  const half = LONGEST_QUOTE / 2;
  return `${text.slice(0, half)}\n[…]\n${text.slice(-half)}`;
}

/** A code block whose fence is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}`;
}
