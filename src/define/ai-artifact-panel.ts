import { AiArtifactPanel } from '../artifact/ai-artifact-panel.js';
import { isFree } from '../element/is-free.js';

if (isFree('ai-artifact-panel', AiArtifactPanel)) customElements.define('ai-artifact-panel', AiArtifactPanel);

declare global {
  interface HTMLElementTagNameMap {
    'ai-artifact-panel': AiArtifactPanel;
  }
}

export { AiArtifactPanel };
