import { expect } from '@open-wc/testing';
import { StoredBranches } from '../../src/conversation/storage/stored-branches.js';

describe('branches that are kept', () => {
  it('are read through once, however often what is shown is written', () => {
    const { imul } = Math;
    let characters = 0;
    Math.imul = (one, other) => ((characters += 1), imul(one, other));
    try {
      const text = 'a'.repeat(100_000);
      const messages = [{ id: 'a', role: 'assistant' as const, parts: [{ type: 'text' as const, text }] }];
      const branches = [{ after: 'q', index: 0, messages, branches: [] }];
      const stored = new StoredBranches('c');
      stored.confirm(stored.changes(branches));
      const once = characters;
      for (let count = 0; count < 10; count += 1) stored.changes(stored.fitting(branches, 1e6));
      expect([once > 100_000, characters]).to.deep.equal([true, once]);
    } finally {
      Math.imul = imul;
    }
  });
});
