// @ts-check
import { FrameStream } from '../frame-stream.js';
import { FAULTS } from './faults.js';

/** Server-sent events as one writes them by hand: `event: message` with `{"text": …}`, and `event: done`. */
export class GenericWriter extends FrameStream {
  endsAtTool = false;

  start() {}

  /** @param {string} delta */
  text(delta) {
    this.send({ text: delta }, 'message');
  }

  /** @param {string} delta */
  reasoning(delta) {
    this.send({ type: 'reasoning', text: delta }, 'message');
  }

  /** This dialect has no tools: the call is told in words. @param {{name: string}} tool */
  toolStart({ name }) {
    this.text(`\n\n*Calling \`${name}\`* \`\``);
  }

  /** @param {{id: string}} _tool @param {string} delta */
  toolDelta(_tool, delta) {
    this.text(delta);
  }

  toolInput() {
    this.text('``\n\n');
  }

  toolOutput() {}

  /** @param {import('../answers.js').ArtifactStep} step */
  artifactStart({ id, kind, title, language }) {
    this.send({ type: 'artifact-start', id, kind, title, language }, 'message');
  }

  /** Between start and end, plain text is the artifact's. @param {string} _id @param {string} delta */
  artifactDelta(_id, delta) {
    this.text(delta);
  }

  /** @param {string} id */
  artifactEnd(id) {
    this.send({ type: 'artifact-end', id }, 'message');
  }

  /** @param {import('./writer.js').Picture} picture */
  image(picture) {
    this.send({ type: 'generated-image', ...picture }, 'message');
  }

  /** @param {string} message */
  error(message) {
    this.send({ message }, 'error');
    this.close();
  }

  /** @param {import('./faults.js').Fault} fault */
  fault(fault) {
    this.raw(FAULTS[fault]);
  }

  finish() {
    this.send({}, 'done');
    this.close();
  }
}
