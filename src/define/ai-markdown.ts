import { AiMarkdown } from '../markdown/ai-markdown.js';
import { isFree } from '../element/is-free.js';
import { warmUp } from '../markdown/warm-up.js';

if (isFree('ai-markdown', AiMarkdown)) {
  customElements.define('ai-markdown', AiMarkdown);
  warmUp();
}

declare global {
  interface HTMLElementTagNameMap {
    'ai-markdown': AiMarkdown;
  }
}

export { AiMarkdown };
