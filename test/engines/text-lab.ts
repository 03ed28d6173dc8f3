/** Text with formulas, for a page that is any engine's. `plugins` is how a driver finds the drawing of formulas. */
import '../../src/define/ai-markdown.js';
import { math } from '../../src/plugins/math.js';

Object.assign(globalThis, { plugins: [math()] });
