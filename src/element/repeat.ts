import type { ChildPart } from 'lit';
import { directive, type PartInfo } from 'lit/directive.js';
import { getCommittedValue, getDirectiveClass } from 'lit/directive-helpers.js';
import { repeat as litRepeat } from 'lit/directives/repeat.js';

/** Lit tells no type of it that could be extended. */
type Concrete = new (part: PartInfo) => { render(): unknown; update(list: ChildPart, values: unknown[]): unknown };

const Repeat = getDirectiveClass(litRepeat([], () => undefined)) as unknown as Concrete;

/** Lit's own, of 3.3.1 and later, leaves a comment in the page for each item that goes (lit/lit#5298). */
class TidyRepeat extends Repeat {
  override update(list: ChildPart, values: unknown[]): unknown {
    const before = partsOf(list);
    const value = super.update(list, values);
    const now = new Set(partsOf(list));
    for (const part of before) if (!now.has(part)) (part.endNode as ChildNode | null)?.remove();
    return value;
  }
}

/** An element for each item, which stays its own by the item's key. */
export const repeat = directive(TidyRepeat as never) as unknown as typeof litRepeat;

function partsOf(list: ChildPart): ChildPart[] {
  const value = getCommittedValue(list);
  return Array.isArray(value) ? [...(value as ChildPart[])] : [];
}
