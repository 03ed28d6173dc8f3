import { AiImage } from '../image/ai-image.js';

// A page may load the library twice: the first registration stands.
if (!customElements.get('ai-image')) customElements.define('ai-image', AiImage);

declare global {
  interface HTMLElementTagNameMap {
    'ai-image': AiImage;
  }
}

export { AiImage };
