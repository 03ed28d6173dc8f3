/** Every word that rendered markdown says to a reader by itself. */
export interface MarkdownStrings {
  copyCode: string;
  copied: string;
  downloadCode: string;
  wrapCode: string;
  code: (language: string) => string;
  table: string;
  copyTableAsCsv: string;
  copyTableAsMarkdown: string;
  taskDone: string;
  taskOpen: string;
  loadImage: (host: string) => string;
  image: string;
  note: string;
  tip: string;
  important: string;
  warning: string;
  caution: string;
  showSource: string;
  notDrawn: string;
  footnote: (number: number) => string;
  footnotes: string;
  backToText: string;
  leaving: string;
  leavingText: string;
  leavingMismatch: (shown: string) => string;
  openLink: string;
  stayHere: string;
}

export const englishStrings: MarkdownStrings = {
  copyCode: 'Copy code',
  copied: 'Copied',
  downloadCode: 'Download code',
  wrapCode: 'Wrap long lines',
  code: (language) => (language === '' ? 'Code' : `Code, ${language}`),
  table: 'Table',
  copyTableAsCsv: 'Copy table as CSV',
  copyTableAsMarkdown: 'Copy table as Markdown',
  taskDone: 'Done',
  taskOpen: 'Not done',
  loadImage: (host) => `Load image from ${host}`,
  image: 'Image',
  note: 'Note',
  tip: 'Tip',
  important: 'Important',
  warning: 'Warning',
  caution: 'Caution',
  showSource: 'Show source',
  notDrawn: 'This could not be drawn. Here is its source.',
  footnote: (number) => `Footnote ${number}`,
  footnotes: 'Footnotes',
  backToText: 'Back to text',
  leaving: 'Leave this page?',
  leavingText: 'This link leads to:',
  leavingMismatch: (shown) => `It does not lead to ${shown}, as its text says.`,
  openLink: 'Open link',
  stayHere: 'Stay here',
};
