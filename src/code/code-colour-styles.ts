import { css } from 'lit';

/** What the painter's colours look like, for any shadow root that shows code and has `tokens` beside it. */
export const codeColourStyles = css`
  ::highlight(ai-code-keyword) {
    color: var(--ai-code-keyword, light-dark(#8a2ea8, #d6a4f2));
  }
  ::highlight(ai-code-string) {
    color: var(--ai-code-string, light-dark(#1f6f3a, #8fd8a4));
  }
  ::highlight(ai-code-number) {
    color: var(--ai-code-number, light-dark(#9a4a00, #f0b070));
  }
  ::highlight(ai-code-comment) {
    color: var(--ai-code-comment, light-dark(#636b78, #949cab));
  }
  ::highlight(ai-code-function) {
    color: var(--ai-code-function, light-dark(#1d53b8, #8fb8ff));
  }
  ::highlight(ai-code-type) {
    color: var(--ai-code-type, light-dark(#0b6875, #79d2de));
  }
  ::highlight(ai-code-name) {
    color: var(--ai-code-name, light-dark(#7a3b4a, #e5a9b6));
  }
  ::highlight(ai-code-tag) {
    color: var(--ai-code-tag, light-dark(#9c2f2f, #f29b9b));
  }
  ::highlight(ai-code-added) {
    color: var(--ai-code-added, light-dark(#1f6f3a, #8fd8a4));
  }
  ::highlight(ai-code-removed) {
    color: var(--ai-code-removed, light-dark(#a8222a, #ff9a9a));
  }
`;
