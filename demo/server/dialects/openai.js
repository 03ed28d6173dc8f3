// @ts-check
import { randomUUID } from 'node:crypto';
import { FrameStream } from '../frame-stream.js';
import { FAULTS } from './faults.js';

/** OpenAI's Chat Completions chunks. */
export class OpenAiWriter extends FrameStream {
  /** The model waits for the tool's output: the answer ends here, and the client asks again with it. */
  endsAtTool = true;
  #base = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model: 'demo-1',
  };
  #finishReason = 'stop';
  #count = 0;

  start() {
    this.#delta({ role: 'assistant', content: '' });
  }

  /** @param {string} delta */
  text(delta) {
    this.#delta({ content: delta });
  }

  /** As DeepSeek, Qwen and vLLM spell it. @param {string} delta */
  reasoning(delta) {
    this.#delta({ reasoning_content: delta });
  }

  /** @param {{id: string, name: string}} tool */
  toolStart({ id, name }) {
    this.#finishReason = 'tool_calls';
    this.#delta({ tool_calls: [{ index: 0, id, type: 'function', function: { name, arguments: '' } }] });
  }

  /** @param {{id: string}} _tool @param {string} delta */
  toolDelta(_tool, delta) {
    this.#delta({ tool_calls: [{ index: 0, function: { arguments: delta } }] });
  }

  toolInput() {}

  toolOutput() {}

  /** @param {import('../answers.js').ArtifactStep} step */
  artifactStart({ id, kind, title, language }) {
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
    this.send({ type: 'generated-image', ...picture });
  }

  /** @param {string} message */
  error(message) {
    this.send({ error: { message, type: 'server_error', code: 'overloaded', param: null } });
    this.close();
  }

  /** @param {import('./faults.js').Fault} fault */
  fault(fault) {
    this.raw(FAULTS[fault]);
  }

  finish() {
    this.#delta({}, this.#finishReason);
    const usage = { prompt_tokens: 12, completion_tokens: this.#count, total_tokens: 12 + this.#count };
    this.send({ ...this.#base, choices: [], usage });
    this.send('[DONE]');
    this.close();
  }

  /** @param {object} delta @param {string | null} [finishReason] */
  #delta(delta, finishReason = null) {
    this.#count += 1;
    this.send({
      ...this.#base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
      usage: null,
    });
  }
}
