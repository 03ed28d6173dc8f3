// @ts-check

/** Puts each example's markup into its stage, and the same text beneath it: what is shown is what runs. */
export function mountExamples() {
  for (const template of document.querySelectorAll('template')) {
    const name = template.dataset.example;
    document.querySelector(`[data-stage="${name}"]`)?.append(template.content.cloneNode(true));
    show(document.querySelector(`[data-source="${name}"]`), oneAttributePerLine(template.innerHTML));
  }
}

/** The examples' scripts, as text. */
export async function showFiles() {
  const places = [...document.querySelectorAll('[data-file]')];
  await Promise.all(
    places.map(async (place) => {
      const file = place.getAttribute('data-file') ?? '';
      const response = await fetch(file);
      show(place, response.ok ? await response.text() : `${file} cannot be read.`);
    }),
  );
}

/**
 * @param {Element | null} place
 * @param {string} source
 */
function show(place, source) {
  if (!place) return;
  const code = Object.assign(document.createElement('code'), { textContent: withoutIndent(source) });
  place.replaceChildren(code);
}

/** A template stands indented in its page; its example does not. @param {string} source */
function withoutIndent(source) {
  const lines = source.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n');
}

const WIDEST = 56;

/** A long tag, as one would write it by hand: the page's own lines are lost when the browser has read it. @param {string} markup */
function oneAttributePerLine(markup) {
  return markup.replaceAll('=""', '').replace(/^( *)<([a-z-]+) (.*?)>/gm, (tag, indent, name, attributes) => {
    if (tag.length <= WIDEST) return tag;
    const lines = attributes.match(/[^\s=]+(="[^"]*")?/g).map((/** @type {string} */ one) => `\n${indent}  ${one}`);
    return `${indent}<${name}${lines.join('')}\n${indent}>`;
  });
}
