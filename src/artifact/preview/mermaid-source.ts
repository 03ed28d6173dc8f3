/**
 * Mermaid in one file, without its rarer diagrams, as the build puts it beside the others that are lazy. It runs in the sandbox only,
 * so it is read as text and put into the document there, and only when the first diagram is to be drawn.
 */
let loadSource = async (): Promise<string> => {
  const place = placeBeside(import.meta.url);
  const response = await fetch(place).catch(() => undefined);
  // A bundler leaves the file where it is, and many a server has a page for an address that it does not know.
  if (!response?.ok || response.headers.get('content-type')?.includes('html'))
    throw new Error(`Mermaid could not be had from ${place}: where it is elsewhere, say so by \`setMermaidSource()\`.`);
  return response.text();
};
let source: Promise<string> | undefined;

/** Takes Mermaid's script (such as `mermaid/dist/mermaid.min.js`) from elsewhere than from beside this library. */
export function setMermaidSource(load: () => Promise<string>): void {
  loadSource = load;
  source = undefined;
}

/** The script, asked for once; after a failure the next attempt may succeed. */
export async function mermaidSource(): Promise<string> {
  source ??= loadSource();
  try {
    return await source;
  } catch (error) {
    source = undefined;
    throw error;
  }
}

/**
 * From this module on its own, from a plugin for a script tag, and from the one file for that, which it is a part of.
 *
 * @param url nothing where a bundler has made a classic script of it all.
 */
function placeBeside(url: string | undefined): URL {
  if (!url) throw new Error('A classic script has nothing beside it: say where Mermaid is by `setMermaidSource()`.');
  if (url.endsWith('/mermaid-source.js')) return new URL('../../cdn/lazy/mermaid.tiny.js', url);
  return new URL(/\/plugins\/[^/]*$/.test(url) ? '../lazy/mermaid.tiny.js' : './lazy/mermaid.tiny.js', url);
}
