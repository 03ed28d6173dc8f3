import { AiArtifactPanel } from '../artifact/ai-artifact-panel.js';

declare global {
  interface HTMLElementTagNameMap {
    'ai-artifact-panel': AiArtifactPanel;
  }
}

// A page may load the library twice; the first one stays.
if (!customElements.get('ai-artifact-panel')) customElements.define('ai-artifact-panel', AiArtifactPanel);

export { AiArtifactPanel };
