import { FRAME_BASE } from './frame-policy.js';
import { prelude, type PreludeOptions } from './frame-prelude.js';
import { RELAY } from './frame-relay.js';

/** How every outer document begins. The Trusted Types policy lets no other text become a frame's document. */
export const OUTER_START = '<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="';

/** The outer frame's document: ours, without a character of the model's. */
export function outerDocument(policy: string): string {
  return (
    `${OUTER_START}${attribute(policy)}"><base href="${FRAME_BASE}">` +
    '<meta http-equiv="x-dns-prefetch-control" content="off"><title>Preview</title>' +
    // What is dark around the preview is told to a document that asks; one that does not stays light.
    '<meta name="color-scheme" content="light dark">' +
    '<style>html,body,iframe{display:block;margin:0;border:0;width:100%;height:100%}body{overflow:hidden}</style>' +
    `<body><script>${RELAY}</script>`
  );
}

interface InnerOptions extends PreludeOptions {
  policy: string;
  /** Whether the document's own scripts run. */
  scripts: boolean;
}

/**
 * The document of the frame inside: what we have to say first, then the model's, unchanged. Ours is never inserted into
 * the model's text, so nothing there can displace it.
 */
export function innerDocument(content: string, { policy, scripts, scroll }: InnerOptions): string {
  // `randomUUID` is missing in pages that were not served securely.
  const nonce = crypto.getRandomValues(new Uint32Array(4)).join('');
  const own = policy.replace(/base-uri [^;]*/, "base-uri 'none'");
  const meta = scripts ? own : own.replace(/script-src [^;]*/, `script-src 'nonce-${nonce}'`);
  return (
    `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${attribute(meta)}">` +
    `<meta name="viewport" content="width=device-width"><script nonce="${nonce}">${prelude({ scroll })}</script>${content}`
  );
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
