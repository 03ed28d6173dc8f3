import { AiStreamInspector } from '../inspector/ai-stream-inspector.js';

// A page may load the library twice: the first registration stands.
if (!customElements.get('ai-stream-inspector')) customElements.define('ai-stream-inspector', AiStreamInspector);

declare global {
  interface HTMLElementTagNameMap {
    'ai-stream-inspector': AiStreamInspector;
  }
}

export { AiStreamInspector };
