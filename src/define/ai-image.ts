import { AiImage } from '../image/ai-image.js';

// A second copy of the script on one page must not throw: the first registration stands.
if (!customElements.get('ai-image')) customElements.define('ai-image', AiImage);

declare global {
  interface HTMLElementTagNameMap {
    'ai-image': AiImage;
  }
}

export { AiImage };
