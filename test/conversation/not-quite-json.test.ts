import { expect, waitUntil } from '@open-wc/testing';
import { reduceMessage } from '../../src/conversation/reduce/reduce-message.js';
import type { Message, ToolMessagePart } from '../../src/message.js';

/** What some models write for JSON, with its end still to come. */
const TEXT = "{'city': 'Ulm', // on the Danube\n 'people': 126000,";

function callWith(reduce: typeof reduceMessage): ToolMessagePart {
  const empty: Message = { id: 'm', role: 'assistant', parts: [] };
  const begun = reduce(empty, { type: 'tool-input-start', toolCallId: 't', toolName: 'find' });
  return reduce(begun, { type: 'tool-input-delta', toolCallId: 't', inputTextDelta: TEXT }).parts[0] as ToolMessagePart;
}

// Without `core` at first: what mends such a text is loaded when there is one.
describe('arguments that are not quite JSON', () => {
  it('can be read as soon as what mends them is there, also of a part that was made before', async () => {
    const call = callWith(reduceMessage);
    expect(call.input).to.equal(undefined);
    await waitUntil(() => call.input !== undefined, 'never read', { timeout: 8000 });
    expect(call.input).to.deep.equal({ city: 'Ulm', people: 126000 });
    expect(call.input, 'read once').to.equal(call.input);
  });

  it('can be read at once with `core`', async () => {
    const core = await import('../../src/core.js');
    expect(callWith(core.reduceMessage).input).to.deep.equal({ city: 'Ulm', people: 126000 });
  });
});
