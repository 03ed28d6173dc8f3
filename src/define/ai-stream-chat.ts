import { AiStreamChat } from '../chat/ai-stream-chat.js';
import { warmUp } from '../markdown/warm-up.js';
// Pictures in a thread are elements of their own.
import './ai-image.js';

// A page may load the library twice: the first registration stands.
if (!customElements.get('ai-stream-chat')) {
  customElements.define('ai-stream-chat', AiStreamChat);
  warmUp();
}

declare global {
  interface HTMLElementTagNameMap {
    'ai-stream-chat': AiStreamChat;
  }
}

export { AiStreamChat };
