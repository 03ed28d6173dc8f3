import { LitElement, type CSSResult, type PropertyDeclaration } from 'lit';
import { drawIn } from './frames.js';
import { unwatchLocales, watchLocales } from './locales.js';
import { addStyles, restoreStyles } from './style-sheets.js';
import { windowOf } from './window-of.js';

/**
 * An element that looks the same in whatever document it stands, or is moved to, and speaks the language there.
 *
 * @cssproperty [--ai-font=system-ui, sans-serif] - The font of text.
 * @cssproperty --ai-font-mono - The font of code.
 * @cssproperty [--ai-font-size=max(1rem, 1em)] - The size of text: the page's, or that of the text around it where that is larger. All else grows with it.
 * @cssproperty [--ai-line-height=1.6] - The height of a line.
 * @cssproperty --ai-text - The colour of text.
 * @cssproperty --ai-text-muted - Of what is said beside it.
 * @cssproperty --ai-surface - Behind all of it.
 * @cssproperty --ai-surface-raised - Behind what stands out, such as bars and buttons.
 * @cssproperty --ai-surface-sunken - Behind code.
 * @cssproperty --ai-border - Lines around boxes.
 * @cssproperty --ai-accent - Links, the focus, what is chosen.
 * @cssproperty --ai-on-accent - Text on that.
 * @cssproperty --ai-danger - What went wrong.
 * @cssproperty [--ai-radius=0.75rem] - How round corners are.
 * @cssproperty [--ai-space=1rem] - The room between things.
 */
export class StyledElement extends LitElement {
  /**
   * What is not given (`undefined`, `null`, an attribute that is gone) is as it was in the beginning. A number may come as text; what
   * is none is not given.
   */
  protected static override getPropertyDescriptor(
    name: PropertyKey,
    key: string | symbol,
    options: PropertyDeclaration,
  ): PropertyDescriptor {
    const descriptor = super.getPropertyDescriptor(name, key, options)!;
    // An accessor of the element's own knows what it takes.
    if (Object.hasOwn(this.prototype, name)) return descriptor;
    // A constructor is the first to set it.
    let beginning: [value: unknown] | undefined;
    const set = function (this: StyledElement, value: unknown): void {
      beginning ??= [value];
      const given = options.type === Number ? parseFloat(value as string) : value;
      descriptor.set!.call(this, Number.isNaN(given ?? NaN) ? beginning[0] : given);
    };
    return { ...descriptor, set };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    drawIn(windowOf(this));
    watchLocales(this, this.#handleLocale);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    unwatchLocales(this);
    // Out of the page it is modal no more: it would come back open, in the middle of what stands there.
    for (const dialog of this.renderRoot.querySelectorAll('dialog')) dialog.close();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) restoreStyles(this.shadowRoot);
  }

  /** Frameworks that write a property as an attribute, as on a server, write `false` for one that is to be absent. */
  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (value === 'false' && this.#isSwitch(name)) this.removeAttribute(name);
    else super.attributeChangedCallback(name, before, value);
  }

  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof LitElement;
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions);
    addStyles(root, elementStyles as CSSResult[]);
    return root;
  }

  /** Its words are others, as if they had been given: what was there before is named as something that words never are. */
  readonly #handleLocale = (): void => this.requestUpdate('strings', this);

  #isSwitch(attribute: string): boolean {
    const { elementProperties } = this.constructor as typeof LitElement;
    const switches = [...elementProperties].filter(([, { type }]) => type === Boolean);
    return switches.some(([name, options]) => (options.attribute || String(name).toLowerCase()) === attribute);
  }
}
