// @ts-check
import { randomUUID } from 'node:crypto';
import { createEventStream } from 'ai-stream-elements/server';
import { FAULTS } from './faults.js';

/** Marks the place of a fault in a stream that cannot be made faulty from outside; `spoil` puts the fault there. */
const MARK = 'data-demo-fault';

/** The AI SDK's UI message stream, written by this package's own helper. */
export class AiSdkWriter {
  endsAtTool = false;
  #stream = createEventStream({ messageId: randomUUID(), onError: (error) => String(error) });
  #reasoningId = 'thoughts';

  constructor() {
    const { body, headers } = this.#stream.response;
    this.response = new Response(body?.pipeThrough(spoil()), { headers });
  }

  get signal() {
    return this.#stream.signal;
  }

  get ready() {
    return this.#stream.ready;
  }

  start() {}

  /** @param {string} delta */
  text(delta) {
    this.#stream.writeTextDelta(delta);
  }

  /** @param {string} delta */
  reasoning(delta) {
    this.#stream.writePart({ type: 'reasoning-delta', id: this.#reasoningId, delta });
  }

  /** @param {{id: string, name: string}} tool */
  toolStart({ id, name }) {
    this.#stream.writePart({ type: 'tool-input-start', toolCallId: id, toolName: name });
  }

  /** @param {{id: string}} tool @param {string} delta */
  toolDelta({ id }, delta) {
    this.#stream.writePart({ type: 'tool-input-delta', toolCallId: id, inputTextDelta: delta });
  }

  /** @param {import('../answers.js').ToolStep} tool */
  toolInput({ id, name, input }) {
    this.#stream.writePart({ type: 'tool-input-available', toolCallId: id, toolName: name, input });
  }

  /** @param {import('../answers.js').ToolStep} tool */
  toolOutput({ id, output }) {
    this.#stream.writePart({ type: 'tool-output-available', toolCallId: id, output });
  }

  /** @param {import('../answers.js').ArtifactStep} step */
  artifactStart({ id, kind, title, language }) {
    this.#stream.writeDataPart({ type: 'artifact-start', id, kind, title, language });
  }

  /** @param {string} _id @param {string} delta */
  artifactDelta(_id, delta) {
    this.#stream.writeTextDelta(delta);
  }

  /** @param {string} id */
  artifactEnd(id) {
    this.#stream.writeDataPart({ type: 'artifact-end', id });
  }

  /** @param {import('./writer.js').Picture} picture */
  image(picture) {
    this.#stream.writeDataPart({ type: 'generated-image', ...picture });
  }

  /** @param {string} message */
  error(message) {
    this.#stream.error(message);
  }

  /** @param {import('./faults.js').Fault} fault */
  fault(fault) {
    this.#stream.writeDataPart({ type: MARK, data: fault });
  }

  close() {
    this.#stream.close();
  }

  finish() {
    this.#stream.close();
  }
}

/** @returns {TransformStream<Uint8Array, Uint8Array>} */
function spoil() {
  const text = new TextDecoder();
  const bytes = new TextEncoder();
  return new TransformStream({
    transform(chunk, controller) {
      const [, before = '', fault] =
        text.decode(chunk).match(/^([^]*)data: \{"type":"data-demo-fault","data":"(\w+)"\}/) ?? [];
      if (!fault) return controller.enqueue(chunk);
      controller.enqueue(bytes.encode(before + FAULTS[/** @type {import('./faults.js').Fault} */ (fault)]));
      if (fault === 'cut') controller.terminate();
    },
  });
}
