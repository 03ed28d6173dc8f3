/** Every word that rendered markdown says to a reader by itself. */
export interface MarkdownStrings {
  copyCode: (language: string) => string;
  copied: string;
  notCopied: string;
  downloadCode: (language: string) => string;
  wrapCode: (language: string) => string;
  code: (language: string) => string;
  table: (columns: string) => string;
  copyTableAsCsv: string;
  copyTableAsMarkdown: string;
  taskDone: string;
  taskOpen: string;
  loadImage: (host: string) => string;
  /** For one that is all in its address, so that nobody is asked for it. */
  showImage: string;
  imageFailed: (host: string) => string;
  image: string;
  note: string;
  tip: string;
  important: string;
  warning: string;
  caution: string;
  showSource: (language: string) => string;
  notDrawn: string;
  footnote: (number: number) => string;
  footnotes: string;
  backToText: (number: number, time: number) => string;
  leaving: string;
  leavingText: string;
  leavingMismatch: (shown: string) => string;
  openLink: string;
  stayHere: string;
}

/** What tells one block's buttons from another's. */
function inLanguage(words: string, language: string): string {
  return language === '' ? words : `${words}, ${language}`;
}

export const englishStrings: MarkdownStrings = {
  copyCode: (language) => inLanguage('Copy code', language),
  copied: 'Copied',
  notCopied: 'This could not be copied. Select the text instead.',
  downloadCode: (language) => inLanguage('Download code', language),
  wrapCode: (language) => inLanguage('Wrap long lines', language),
  code: (language) => inLanguage('Code', language),
  table: (columns) => (columns === '' ? 'Table' : `Table: ${columns}`),
  copyTableAsCsv: 'Copy table as CSV',
  copyTableAsMarkdown: 'Copy table as Markdown',
  taskDone: 'Done',
  taskOpen: 'Not done',
  loadImage: (host) => `Load image from ${host}`,
  showImage: 'Show image',
  imageFailed: (host) => `It could not be loaded from ${host}. Try again`,
  image: 'Image',
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
  showSource: (language) => inLanguage('Show source', language),
  notDrawn: 'This could not be drawn. Here is its source.',
  footnote: (number) => `Footnote ${number}`,
  footnotes: 'Footnotes',
  backToText: (number, time) => `Back to where footnote ${number} is referred to${time > 1 ? `, ${time}` : ''}`,
  leaving: 'Leave this page?',
  leavingText: 'This link leads to:',
  leavingMismatch: (shown) => `It does not lead to ${shown}, as its text says.`,
  openLink: 'Open link',
  stayHere: 'Stay here',
};
