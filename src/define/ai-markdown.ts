import { AiMarkdown } from '../markdown/ai-markdown.js';

declare global {
  interface HTMLElementTagNameMap {
    'ai-markdown': AiMarkdown;
  }
}

if (!customElements.get('ai-markdown')) customElements.define('ai-markdown', AiMarkdown);

export { AiMarkdown };
