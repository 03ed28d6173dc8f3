import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { oneByOne } from '../../src/stream/one-by-one.js';

type Batches = (number[] | 'fails')[];

async function* batchesOf(batches: Batches, closed: { count: number }): AsyncGenerator<number[], void, void> {
  try {
    for (const batch of batches) {
      await undefined;
      if (batch === 'fails') throw new Error('broken off');
      yield batch;
    }
  } finally {
    closed.count += 1;
  }
}

async function* byTheLanguage(batches: AsyncGenerator<number[], void, void>): AsyncGenerator<number, void, void> {
  for await (const batch of batches) for (const item of batch) yield item;
}

const batch = fc.array(fc.nat(9), { maxLength: 4 });
const batches = fc.array(fc.oneof({ weight: 5, arbitrary: batch }, fc.constant('fails' as const)), { maxLength: 5 });
/** Each is asked without waiting for the one before, but for `wait`. */
const calls = fc.array(fc.constantFrom('next', 'next', 'next', 'wait', 'return', 'throw'), { maxLength: 14 });

async function drive(items: AsyncGenerator<number, void, void>, steps: string[]): Promise<unknown[]> {
  const results: Promise<unknown>[] = [];
  for (const step of steps) {
    if (step === 'wait') await Promise.allSettled(results);
    if (step === 'next') results.push(items.next());
    if (step === 'return') results.push(items.return());
    if (step === 'throw') results.push(items.throw(new Error('stop')));
    results.at(-1)?.catch(() => {});
  }
  return (await Promise.allSettled(results)).map((result) =>
    result.status === 'fulfilled' ? result.value : String(result.reason),
  );
}

describe('batches, one item at a time', () => {
  it('are what the language would give, however they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(batches, calls, async (given, steps) => {
        const [ours, theirs] = [{ count: 0 }, { count: 0 }];
        const found = await drive(oneByOne(batchesOf(given, ours)), steps);
        expect(found).to.deep.equal(await drive(byTheLanguage(batchesOf(given, theirs)), steps));
        expect(ours).to.deep.equal(theirs);
      }),
      { numRuns: 500 },
    );
  });

  it('close what they come from where the loop is left', async () => {
    const closed = { count: 0 };
    for await (const item of oneByOne(batchesOf([[1, 2], [3]], closed))) if (item === 1) break;
    expect(closed.count).to.equal(1);
  });
});
