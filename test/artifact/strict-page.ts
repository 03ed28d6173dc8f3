import '../../src/define/ai-artifact-panel.js';
