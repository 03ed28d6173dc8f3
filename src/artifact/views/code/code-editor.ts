import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { Artifact } from '../../../message.js';
import type { ArtifactView } from '../artifact-view.js';
import { isShadowRoot } from '../../../element/node-kinds.js';

interface CodeEditorOptions {
  label: string;
  wrap: boolean;
}

const theme = EditorView.theme({
  '&': {
    flex: '1',
    minBlockSize: '0',
    fontSize: '0.8125rem',
    backgroundColor: 'var(--_surface-sunken)',
    color: 'var(--_text)',
  },
  '.cm-scroller': { fontFamily: 'var(--_font-mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--_surface-sunken)', color: 'var(--_text-muted)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--_surface-raised)' },
  '.cm-content': { caretColor: 'var(--_text)' },
  '&.cm-focused': { outline: '2px solid var(--_accent)', outlineOffset: '-2px' },
  '.cm-cursor': { borderLeftColor: 'var(--_text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--_accent) 30%, transparent)',
  },
});

/** The reader's own hand on an artifact's text. Tab stays what leads out of it. */
export class CodeEditor implements ArtifactView {
  readonly #container: HTMLElement;
  readonly #options: CodeEditorOptions;
  #view: EditorView | undefined;

  constructor(container: HTMLElement, options: CodeEditorOptions) {
    this.#container = container;
    this.#options = options;
  }

  get text(): string | undefined {
    return this.#view?.state.sliceDoc();
  }

  /** Takes the text once: what the reader writes is not written over. */
  update({ content }: Artifact): void {
    if (this.#view) return;
    this.#view = this.#makeView(content);
    this.#view.focus();
  }

  destroy(): void {
    this.#view?.destroy();
  }

  #makeView(content: string): EditorView {
    const { label, wrap } = this.#options;
    const state = EditorState.create({
      doc: content,
      extensions: [
        lineNumbers(),
        history(),
        drawSelection(),
        highlightSpecialChars(),
        highlightActiveLine(),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorState.tabSize.of(2),
        content.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [],
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        // Code runs one way in every page; prose as it begins.
        EditorView.editorAttributes.of({ dir: wrap ? 'auto' : 'ltr' }),
        theme,
        wrap ? EditorView.lineWrapping : [],
      ],
    });
    const root = this.#container.getRootNode();
    return new EditorView({ state, parent: this.#container, ...(isShadowRoot(root) && { root }) });
  }
}
