import { html, type TemplateResult } from 'lit';
import type { ArtifactStrings } from '../panel-strings.js';

/** A passage of the code that the reader may ask to have changed. */
export interface Passage {
  id: string;
  version: number;
  from: number;
  to: number;
  firstLine: number;
  lastLine: number;
}

/** Asks for a change of what is selected. */
export function selectionBar(
  { firstLine, lastLine }: Passage,
  words: ArtifactStrings,
  handleSubmit: (event: Event) => void,
): TemplateResult {
  return html`<form class="bar footer request" part="request" @submit=${handleSubmit}>
    <label class="state" for="request">${words.linesSelected(firstLine, lastLine)}</label>
    <input id="request" name="request" autocomplete="off" placeholder=${words.requestHint} required />
    <button type="submit">${words.sendRequest}</button>
  </form>`;
}
