// @ts-check
import { connectBackend } from './page/backend-chooser.js';
import { startImageClock } from './page/image-clock.js';
import { mountExamples, showFiles } from './page/sources.js';

/** @template {HTMLElement} [T=HTMLElement] @param {string} selector @returns {T} */
const find = (selector) => /** @type {T} */ (document.querySelector(selector));

mountExamples();
void showFiles();

const theme = find('#theme');
theme.addEventListener('change', () => {
  document.documentElement.style.colorScheme = /** @type {HTMLSelectElement} */ (theme).value;
});

await Promise.all(['ai-stream-chat', 'ai-image', 'ai-markdown'].map((tag) => customElements.whenDefined(tag)));
await connectBackend(find('#backend'), find('#chat'));
await Promise.all(
  ['chat', 'artifacts', 'failures', 'connection', 'events', 'kept', 'image', 'markdown', 'looks'].map(
    (name) => import(`./examples/${name}.js`),
  ),
);
startImageClock(find('#picture'), find('#clock'));
document.documentElement.dataset.ready = '';
