import { AiMarkdown } from '../markdown/ai-markdown.js';
import { warmUp } from '../markdown/warm-up.js';

declare global {
  interface HTMLElementTagNameMap {
    'ai-markdown': AiMarkdown;
  }
}

if (!customElements.get('ai-markdown')) {
  customElements.define('ai-markdown', AiMarkdown);
  warmUp();
}

export { AiMarkdown };
