import { registerKind, type ArtifactKind } from './artifact-kinds.js';
import { pictureMarkup, tableMarkup } from './artifact-page.js';
import { JsonView } from './views/json-view.js';
import { mermaidDocument } from './preview/mermaid-document.js';
import { pictureFile, pictureOf, svgPicture, withNamespace } from './views/picture-source.js';
import { PictureView } from './views/picture-view.js';
import { TableView } from './views/table-view.js';

/**
 * The kinds that every panel knows, with the names that they have in the wild: media types, Anthropic's and LibreChat's
 * artifact types, and the languages that code is marked with.
 */
const BUILTIN: readonly ArtifactKind[] = [
  {
    names: ['code', 'application/vnd.ant.code', 'application/vnd.code'],
    extension: 'txt',
    mediaType: 'text/plain',
  },
  { names: ['text', 'plain', 'txt', 'text/plain'], extension: 'txt', mediaType: 'text/plain', wrap: true },
  {
    names: ['html', 'htm', 'xhtml', 'text/html', 'application/vnd.code-html'],
    extension: 'html',
    mediaType: 'text/html',
    drafts: true,
    document: ({ content }) => content,
  },
  {
    names: ['svg', 'image/svg+xml', 'application/vnd.ant.svg'],
    extension: 'svg',
    mediaType: 'image/svg+xml',
    view: (container, { title, words }) => new PictureView(container, title, words, svgPicture),
    body: ({ content }) => `<img alt="" src="data:image/svg+xml,${encodeURIComponent(withNamespace(content))}">`,
  },
  {
    names: ['markdown', 'md', 'document', 'text/markdown', 'text/md', 'text/x-markdown'],
    extension: 'md',
    mediaType: 'text/markdown',
    wrap: true,
    live: true,
    view: async (container, { title, rules }) => {
      const { MarkdownView } = await import('./views/markdown-view.js');
      return new MarkdownView(container, title, rules);
    },
    body: async ({ content }, rules) => (await import('./views/markdown-view.js')).renderedMarkdown(content, rules),
  },
  {
    names: ['mermaid', 'application/vnd.mermaid', 'application/vnd.ant.mermaid', 'text/vnd.mermaid'],
    extension: 'mmd',
    mediaType: 'text/vnd.mermaid',
    document: mermaidDocument,
  },
  {
    names: ['csv', 'text/csv'],
    extension: 'csv',
    mediaType: 'text/csv',
    live: true,
    view: (container, { title, words }) => new TableView(container, title, ',', words),
    body: ({ content }) => tableMarkup(content, ','),
  },
  {
    names: ['tsv', 'text/tab-separated-values'],
    extension: 'tsv',
    mediaType: 'text/tab-separated-values',
    live: true,
    view: (container, { title, words }) => new TableView(container, title, '\t', words),
    body: ({ content }) => tableMarkup(content, '\t'),
  },
  {
    names: ['json', 'application/json', 'text/json'],
    extension: 'json',
    mediaType: 'application/json',
    view: (container, { title, words }) => new JsonView(container, title, words.unreadableJson),
  },
  {
    names: ['image', 'picture', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'],
    extension: 'png',
    mediaType: 'image/png',
    file: ({ content }) => pictureFile(content),
    view: (container, { title, words }) => new PictureView(container, title, words, pictureOf),
    body: ({ content }) => pictureMarkup(content),
  },
  // Without a renderer of the host's these are code; `registerKind()` with one of the names gives them a preview.
  {
    names: ['react', 'jsx', 'application/vnd.ant.react', 'application/vnd.react', 'text/jsx'],
    extension: 'jsx',
    mediaType: 'text/jsx',
  },
  { names: ['tsx', 'text/tsx'], extension: 'tsx', mediaType: 'text/tsx' },
];

export function registerBuiltinKinds(): void {
  for (const kind of BUILTIN) registerKind(kind, { replace: false });
}
