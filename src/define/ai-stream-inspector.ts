import { AiStreamInspector } from '../inspector/ai-stream-inspector.js';
import { isFree } from '../element/is-free.js';

if (isFree('ai-stream-inspector', AiStreamInspector)) customElements.define('ai-stream-inspector', AiStreamInspector);

declare global {
  interface HTMLElementTagNameMap {
    'ai-stream-inspector': AiStreamInspector;
  }
}

export { AiStreamInspector };
