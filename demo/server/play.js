// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';

/** @typedef {import('./answers.js').Step} Step */
/** @typedef {import('./dialects/writer.js').Writer} Writer */

/**
 * @typedef {object} Performance
 * @property {Writer} writer
 * @property {number} pace milliseconds from delta to delta
 * @property {(step: import('./answers.js').ImageStep) => import('./dialects/writer.js').Picture} picture
 */

/**
 * Writes an answer delta by delta. Gives false where the client left before the end.
 * @param {Step[]} steps
 * @param {Performance} performance
 */
export async function play(steps, performance) {
  const { writer } = performance;
  try {
    writer.start();
    for (const step of steps) {
      const goesOn = await playStep(step, performance);
      if (!goesOn) return true;
    }
    writer.finish();
    return true;
  } catch (error) {
    if (writer.signal.aborted) return false;
    throw error;
  }
}

/**
 * @param {Step} step
 * @param {Performance} performance
 * @returns {Promise<boolean>} whether the answer goes on after this
 */
async function playStep(step, performance) {
  const { writer } = performance;
  switch (step.type) {
    case 'text':
      return eachDelta(step.text, performance, (delta) => writer.text(delta));
    case 'reasoning':
      return eachDelta(step.text, performance, (delta) => writer.reasoning(delta));
    case 'tool':
      return playTool(step, performance);
    case 'artifact':
      writer.artifactStart(step);
      await eachDelta(step.content, performance, (delta) => writer.artifactDelta(step.id, delta));
      writer.artifactEnd(step.id);
      return true;
    case 'image':
      writer.image(performance.picture(step));
      return true;
    case 'error':
      writer.error(step.message);
      return false;
    case 'fault':
      writer.fault(step.fault);
      if (step.fault === 'cut') writer.close();
      return step.fault !== 'cut';
    case 'stall':
      return untilGone(writer.signal);
  }
}

/**
 * @param {import('./answers.js').ToolStep} step
 * @param {Performance} performance
 */
async function playTool(step, performance) {
  const { writer } = performance;
  writer.toolStart(step);
  await eachDelta(JSON.stringify(step.input), performance, (delta) => writer.toolDelta(step, delta));
  writer.toolInput(step);
  if (writer.endsAtTool) {
    writer.finish();
    return false;
  }
  await beat(performance, 20);
  writer.toolOutput(step);
  return true;
}

/**
 * @param {string} text
 * @param {Performance} performance
 * @param {(delta: string) => void} write
 */
async function eachDelta(text, performance, write) {
  for (const delta of toDeltas(text)) {
    await beat(performance);
    write(delta);
  }
  return true;
}

/**
 * The pieces in which models write: a few characters, mostly a word's beginning with the space before it.
 * @param {string} text
 */
function toDeltas(text) {
  return text.match(/\s*[^\s]{1,6}|\s+/g) ?? [];
}

/**
 * Waits for the pace and for a client that is slower than it; throws when the client has gone.
 * @param {Performance} performance
 */
async function beat({ writer, pace }, times = 1) {
  if (pace > 0) await sleep(pace * times, undefined, { signal: writer.signal });
  await writer.ready;
  writer.signal.throwIfAborted();
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
function untilGone(signal) {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
