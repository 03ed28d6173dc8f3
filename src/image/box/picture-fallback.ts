import { html, nothing, type TemplateResult } from 'lit';
import * as icons from '../icons.js';
import type { ImageStrings } from '../image-strings.js';
import type { PictureLife } from '../lifetime/picture-life.js';

/** What stands in a picture's place: what has happened, what the picture would show, and the way on. */
export function renderFallback(
  { failure, isExpired, isRefreshing }: PictureLife,
  alt: string | null,
  words: ImageStrings,
  handleRetry: () => void,
): TemplateResult {
  const hint = failure ? words.errors[failure.code] : words.expiredHint;
  // What was refused for what it is does not get better by asking again.
  const isFinal = failure?.code === 'address' || failure?.code === 'size';
  const label = isRefreshing ? words.refreshing : isExpired ? words.refresh : words.retry;
  return html`
    <div part="fallback" class="layer fallback">
      ${isExpired ? icons.expiredPicture : icons.brokenPicture}
      <p class="headline">${isExpired ? words.expired : hint}</p>
      ${alt ? html`<p class="alt">${alt}</p>` : nothing} ${isExpired ? html`<p>${hint}</p>` : nothing}
      ${isFinal && !isExpired ? nothing : renderButton(label, isRefreshing, handleRetry)}
    </div>
  `;
}

function renderButton(label: string, isBusy: boolean, handleRetry: () => void): TemplateResult {
  return html`
    <button part="button" class="retry" type="button" aria-disabled=${isBusy} @click=${handleRetry}>${label}</button>
  `;
}
