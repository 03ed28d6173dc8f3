import { html, nothing } from 'lit';

/** What was told is not told again at each render. */
let told: unknown;

/** What stands where the thread will be: the host's words, and questions to begin with. */
export function renderEmpty(
  suggestions: readonly string[],
  disabled: boolean,
  onSuggestion: (event: Event) => void,
): unknown {
  const items = listed(suggestions).map(
    (text) =>
      html`<li>
        <button
          part="suggestion"
          class="suggestion"
          type="button"
          dir="auto"
          value=${text}
          ?disabled=${disabled}
          @click=${onSuggestion}
        >
          ${text}
        </button>
      </li>`,
  );
  const list = html`<ul class="suggestions">
    ${items}
  </ul>`;
  return html`<slot name="empty"></slot>${items.length > 0 ? list : nothing}`;
}

function listed(given: unknown): string[] {
  const texts = Array.isArray(given) ? given.filter((text) => typeof text === 'string') : [];
  if (texts.length !== (given as unknown[]).length && given !== told) {
    told = given;
    console.warn('`suggestions` takes a list of texts:', given);
  }
  return texts;
}
