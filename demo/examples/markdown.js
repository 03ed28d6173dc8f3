import { emoji } from '../dist/cdn/plugins/emoji.js';
import { math } from '../dist/cdn/plugins/math.js';
import { mermaid } from '../dist/cdn/plugins/mermaid.js';

// An element of the page's own, which a model may ask for as :share[…]{of="…"}.
customElements.define(
  'demo-share',
  class extends HTMLElement {
    // The words between the tags are the model's and stay its own: what is drawn around them has a root of its own.
    connectedCallback() {
      const meter = Object.assign(document.createElement('meter'), { value: this.getAttribute('of') ?? 0 });
      meter.ariaLabel = this.textContent;
      if (!this.shadowRoot) this.attachShadow({ mode: 'open' }).append(document.createElement('slot'), ' ', meter);
    }
  },
);

const notes = document.querySelector('#notes');
notes.plugins = [math(), mermaid(), emoji];
notes.directives = { share: { tag: 'demo-share', attributes: ['of'] } };

const text = await (await fetch('/examples/notes.md')).text();

let run = 0;

async function write() {
  const own = ++run;
  notes.value = '';
  for (const piece of text.match(/[^]{1,4}/gu)) {
    notes.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 12));
    if (own !== run) return;
  }
  notes.end();
}

function show() {
  run += 1;
  notes.value = text;
}

document.querySelector('#write').addEventListener('click', write);
document.querySelector('#whole').addEventListener('click', show);

show();
