import { AiStreamChat } from '../chat/ai-stream-chat.js';
import { isFree } from '../element/is-free.js';
import { warmUp } from '../markdown/warm-up.js';
// Pictures in a thread are elements of their own.
import './ai-image.js';

if (isFree('ai-stream-chat', AiStreamChat)) {
  customElements.define('ai-stream-chat', AiStreamChat);
  warmUp();
}

declare global {
  interface HTMLElementTagNameMap {
    'ai-stream-chat': AiStreamChat;
  }
}

export { AiStreamChat };
