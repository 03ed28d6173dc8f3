// @ts-check
import { randomUUID } from 'node:crypto';
import { FrameStream } from '../frame-stream.js';
import { FAULTS } from './faults.js';

/** Anthropic's Messages stream: blocks by index, each with its start, deltas and stop. */
export class AnthropicWriter extends FrameStream {
  endsAtTool = true;
  #index = -1;
  /** @type {string | undefined} */
  #open;
  #stopReason = 'end_turn';
  #count = 0;

  start() {
    const usage = { input_tokens: 12, output_tokens: 1 };
    const message = { id: `msg_${randomUUID()}`, type: 'message', role: 'assistant', model: 'demo-1', content: [] };
    this.#event({ type: 'message_start', message: { ...message, stop_reason: null, stop_sequence: null, usage } });
    this.#event({ type: 'ping' });
  }

  /** @param {string} delta */
  text(delta) {
    this.#openBlock('text', { type: 'text', text: '' });
    this.#delta({ type: 'text_delta', text: delta });
  }

  /** @param {string} delta */
  reasoning(delta) {
    this.#openBlock('thinking', { type: 'thinking', thinking: '', signature: '' });
    this.#delta({ type: 'thinking_delta', thinking: delta });
  }

  /** @param {{id: string, name: string}} tool */
  toolStart({ id, name }) {
    this.#stopReason = 'tool_use';
    this.#openBlock(`tool ${id}`, { type: 'tool_use', id, name, input: {} });
  }

  /** @param {{id: string}} _tool @param {string} delta */
  toolDelta(_tool, delta) {
    this.#delta({ type: 'input_json_delta', partial_json: delta });
  }

  toolInput() {
    this.#closeBlock();
  }

  toolOutput() {}

  /** @param {import('../answers.js').ArtifactStep} step */
  artifactStart({ id, kind, title, language }) {
    this.#closeBlock();
    this.send({ type: 'artifact-start', id, kind, title, language });
  }

  /** @param {string} id @param {string} delta */
  artifactDelta(id, delta) {
    this.send({ type: 'artifact-delta', id, delta });
  }

  /** @param {string} id */
  artifactEnd(id) {
    this.send({ type: 'artifact-end', id });
  }

  /** @param {import('./writer.js').Picture} picture */
  image(picture) {
    this.#closeBlock();
    this.send({ type: 'generated-image', ...picture });
  }

  /** @param {string} message */
  error(message) {
    this.#event({ type: 'error', error: { type: 'overloaded_error', message } });
    this.close();
  }

  /** @param {import('./faults.js').Fault} fault */
  fault(fault) {
    this.raw(FAULTS[fault]);
  }

  finish() {
    this.#closeBlock();
    const delta = { stop_reason: this.#stopReason, stop_sequence: null };
    this.#event({ type: 'message_delta', delta, usage: { output_tokens: this.#count } });
    this.#event({ type: 'message_stop' });
    this.close();
  }

  /** @param {string} name @param {object} block */
  #openBlock(name, block) {
    if (this.#open === name) return;
    this.#closeBlock();
    this.#open = name;
    this.#index += 1;
    this.#event({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  #closeBlock() {
    if (this.#open === undefined) return;
    if (this.#open === 'thinking') this.#delta({ type: 'signature_delta', signature: 'ZGVtbw==' });
    this.#open = undefined;
    this.#event({ type: 'content_block_stop', index: this.#index });
  }

  /** @param {object} delta */
  #delta(delta) {
    this.#count += 1;
    this.#event({ type: 'content_block_delta', index: this.#index, delta });
  }

  /** @param {{type: string, [field: string]: unknown}} data */
  #event(data) {
    this.send(data, data.type);
  }
}
