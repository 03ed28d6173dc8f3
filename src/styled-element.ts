import { LitElement, type CSSResult } from 'lit';
import { addStyles, restoreStyles } from './style-sheets.js';

/** An element that looks the same in whatever document it stands, or is moved to. */
export class StyledElement extends LitElement {
  adoptedCallback(): void {
    if (this.shadowRoot) restoreStyles(this.shadowRoot);
  }

  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof LitElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    addStyles(root, elementStyles as CSSResult[]);
    this.renderOptions.renderBefore ??= root.firstChild;
    return root;
  }
}
