import { html, nothing } from 'lit';

/** What stands where the thread will be: the host's words, and questions to begin with. */
export function renderEmpty(suggestions: readonly string[], onSuggestion: (event: Event) => void): unknown {
  const items = suggestions.map(
    (text) =>
      html`<li>
        <button part="suggestion" class="suggestion" type="button" dir="auto" value=${text} @click=${onSuggestion}>
          ${text}
        </button>
      </li>`,
  );
  const list = html`<ul class="suggestions">
    ${items}
  </ul>`;
  return html`<slot name="empty"></slot>${items.length > 0 ? list : nothing}`;
}
