import type { MarkdownPlugin, SpanSyntax } from '../plugin.js';

/** What has been told is not told again for each text that it is given to. */
let told: unknown;

/** The plugins among what a host has given. What is none is told and left out: the text is there without it. */
export function readGivenPlugins(given: readonly MarkdownPlugin[] | null | undefined): readonly MarkdownPlugin[] {
  if (Array.isArray(given) && given.every(isPlugin)) return given;
  if (given && given !== told) {
    told = given;
    console.warn('`plugins` takes a list of plugins, such as [math()]; left out of:', given);
  }
  return Array.isArray(given) ? given.filter(isPlugin) : [];
}

function isPlugin(plugin: Partial<MarkdownPlugin> | null | undefined): boolean {
  const { spans = [], languages = [] } = plugin ?? {};
  if (!Array.isArray(spans) || !Array.isArray(languages)) return false;
  const texts = [...spans.flatMap((span: SpanSyntax | null) => [span?.open, span?.close]), ...languages];
  return texts.length > 0 && texts.every((text) => text && typeof text === 'string');
}
