import { AiImage } from '../image/ai-image.js';
import { isFree } from '../element/is-free.js';

if (isFree('ai-image', AiImage)) customElements.define('ai-image', AiImage);

declare global {
  interface HTMLElementTagNameMap {
    'ai-image': AiImage;
  }
}

export { AiImage };
