import { AiArtifactPanel } from '../artifact/ai-artifact-panel.js';

// A page may load the library twice: the first registration stands.
if (!customElements.get('ai-artifact-panel')) customElements.define('ai-artifact-panel', AiArtifactPanel);

declare global {
  interface HTMLElementTagNameMap {
    'ai-artifact-panel': AiArtifactPanel;
  }
}

export { AiArtifactPanel };
