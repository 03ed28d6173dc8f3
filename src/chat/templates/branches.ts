import type { LitElement } from 'lit';
import { positionAfter, type Branch, type BranchPosition } from '../../conversation/thread/branched-thread.js';
import { LatePart } from '../../element/late-part.js';
import { addStyles } from '../../element/style-sheets.js';
import { tellMissing } from '../session/missing-part.js';
import type { BranchParts, BranchPicker } from './branch-picker.js';

/** The branches of a message, with what shows them once that is there. */
export interface ShownBranches extends BranchPosition {
  picker: BranchPicker;
}

/** Which messages have branches. Most threads have none. */
export class Branches {
  readonly #picker: LatePart<BranchPicker>;
  readonly #parts: BranchParts;
  /** Those for which it was loaded, or tried to. */
  #wanted: readonly Branch[] | undefined;

  constructor(host: LitElement, parts: BranchParts) {
    this.#parts = parts;
    this.#picker = new LatePart(
      async () => {
        const { BranchPicker, branchStyles } = await import('./branch-picker.js');
        addStyles(host.renderRoot as ShadowRoot, [branchStyles]);
        return new BranchPicker(host, parts);
      },
      () => {
        if (this.#picker.hasFailed) tellMissing(parts.session());
        host.requestUpdate();
      },
    );
  }

  /** Those of the message that stands there. */
  at(index: number): ShownBranches | undefined {
    const { branches, messages } = this.#parts.session();
    // A session of another copy of this package may have none.
    if (!branches?.length) return undefined;
    if (branches !== this.#wanted) void this.#picker.load();
    this.#wanted = branches;
    const { value: picker } = this.#picker;
    const position = positionAfter(branches, messages[index - 1]?.id);
    return picker && position.count > 1 ? { ...position, picker } : undefined;
  }
}
