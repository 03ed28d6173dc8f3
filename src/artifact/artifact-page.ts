import type { Artifact } from '../message.js';
import type { MarkdownOptions } from '../markdown/markdown-renderer.js';
import { kindOf } from './artifact-kinds.js';
import { DelimitedText } from './views/delimited-text.js';
import { pictureOf, withNamespace } from './views/picture-source.js';

/** An artifact as one HTML file that needs nothing beside it. */
export async function artifactPage(artifact: Artifact, title: string, rules: MarkdownOptions = {}): Promise<string> {
  const { kind } = kindOf(artifact);
  if (kind.document) return kind.document(artifact);
  const body = (await kind.body?.(artifact, rules)) ?? `<pre>${escapeHtml(artifact.content)}</pre>`;
  return (
    '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n' +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">\n` +
    `<title>${escapeHtml(title)}</title>\n<style>${STYLE}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`
  );
}

const STYLE =
  ':root{color-scheme:light dark}body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.6 system-ui,sans-serif}' +
  'pre{overflow:auto;tab-size:2}pre,code{font-family:ui-monospace,Menlo,Consolas,monospace}img{max-width:100%}' +
  'table{border-collapse:collapse}th,td{padding:.375rem .75rem;border:1px solid;text-align:start}';

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Comma- or tab-separated text as a table, whole. */
export function tableMarkup(content: string, delimiter: string): string {
  const text = new DelimitedText(delimiter);
  text.write(content);
  const [head = [], ...rows] = [...text.rows, ...(text.openRow ? [text.openRow] : [])];
  return `<table><thead>${rowMarkup(head, 'th')}</thead><tbody>${rows.map((row) => rowMarkup(row, 'td')).join('\n')}</tbody></table>`;
}

/** A picture that is in the artifact; one that is elsewhere stays a link. */
export function pictureMarkup(content: string): string {
  const picture = pictureOf(content);
  if (!picture) return `<pre>${escapeHtml(content)}</pre>`;
  if ('remote' in picture)
    return `<a href="${escapeHtml(picture.remote.href)}" rel="noreferrer">${escapeHtml(picture.remote.href)}</a>`;
  const url =
    'url' in picture ? picture.url : `data:image/svg+xml,${encodeURIComponent(withNamespace(content.trim()))}`;
  return `<img alt="" src="${escapeHtml(url)}">`;
}

function rowMarkup(fields: readonly string[], cell: 'th' | 'td'): string {
  return `<tr>${fields.map((field) => `<${cell}>${escapeHtml(field)}</${cell}>`).join('')}</tr>`;
}
