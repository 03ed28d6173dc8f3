/**
 * Mermaid in one file, without its rarer diagrams, as the build puts it beside the others that are lazy. It runs in the sandbox only,
 * so it is read as text and put into the document there, and only when the first diagram is to be drawn.
 */
let loadSource = async (): Promise<string> => {
  const response = await fetch(placeBeside(import.meta.url));
  if (!response.ok) throw new Error(`Mermaid could not be loaded (${response.status}).`);
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
