import { AiMarkdown } from '../markdown/ai-markdown.js';
import { warmUp } from '../markdown/warm-up.js';

// A page may load the library twice: the first registration stands.
if (!customElements.get('ai-markdown')) {
  customElements.define('ai-markdown', AiMarkdown);
  warmUp();
}

declare global {
  interface HTMLElementTagNameMap {
    'ai-markdown': AiMarkdown;
  }
}

export { AiMarkdown };
