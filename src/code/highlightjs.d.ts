/** Highlight.js as modules: the package that has them comes without types. What is used of it stands here. */
declare module '@highlightjs/cdn-assets/es/core.min.js' {
  export interface Grammar {
    (highlighter: unknown): object;
  }

  export interface ScopeNode {
    scope?: string;
    children: (ScopeNode | string)[];
  }

  const highlighter: {
    registerLanguage(name: string, grammar: Grammar): void;
    highlight(
      code: string,
      options: { language: string; ignoreIllegals: boolean },
    ): { _emitter: { rootNode: ScopeNode } };
  };
  export default highlighter;
}

declare module '@highlightjs/cdn-assets/es/languages/*.min.js' {
  import type { Grammar } from '@highlightjs/cdn-assets/es/core.min.js';
  const grammar: Grammar;
  export default grammar;
}
