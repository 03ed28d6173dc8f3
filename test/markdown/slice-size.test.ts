import { expect } from '@open-wc/testing';
import { SliceSize } from '../../src/markdown/slice-size.js';

const WANTED = { quick: 8, slow: 20 };

/** The last of the sizes that come of slices which each take so long. */
function sizesWhere(costOf: (drawn: number, count: number) => number, count = 60): number[] {
  const slice = new SliceSize(10_000, 1500, 24_000);
  const sizes = Array.from({ length: count }, (_, index) => {
    slice.add(slice.value, costOf(slice.value, index), WANTED);
    return slice.value;
  });
  return sizes.slice(-20);
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('how much is drawn at a time', () => {
  it('is as much as may be where that is quick, and where the browser’s clock tells nothing', () => {
    expect(sizesWhere((drawn) => drawn / 4000)).to.satisfy((sizes: number[]) => sizes.every((size) => size === 24_000));
    expect(mean(sizesWhere(() => 0))).to.equal(24_000);
  });

  it('is what takes no longer than wanted where each character costs the same', () => {
    for (const perSecond of [200_000, 500_000]) {
      const times = sizesWhere((drawn) => (drawn / perSecond) * 1000).map((size) => (size / perSecond) * 1000);
      expect(mean(times), String(perSecond)).to.be.within(8, 26);
    }
    expect(mean(sizesWhere((drawn) => drawn / 10))).to.be.within(1500, 1600);
  });

  it('is not less where what takes long is what stands there, however little is drawn', () => {
    expect(mean(sizesWhere((drawn) => 100 + drawn / 4000))).to.be.above(20_000);
    // It grows with the text.
    expect(mean(sizesWhere((drawn, count) => count * 3 + drawn / 4000))).to.be.above(15_000);
  });

  it('grows until what comes costs half of what stands there', () => {
    expect(mean(sizesWhere((drawn) => 60 + drawn / 500))).to.be.within(10_000, 16_000);
  });

  it('is not less where some take longer for another reason', () => {
    let state = 7;
    const noise = (): number => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
    expect(mean(sizesWhere((drawn) => (60 + drawn / 4000) * (0.8 + 0.4 * noise())))).to.be.above(15_000);
    expect(mean(sizesWhere((drawn) => (drawn / 100) * (0.8 + 0.4 * noise())))).to.be.below(4000);
  });

  it('is learnt anew where the text changes', () => {
    expect(mean(sizesWhere((drawn, count) => (count < 30 ? 100 : drawn / 100)))).to.be.below(4000);
    expect(mean(sizesWhere((drawn, count) => (count < 30 ? drawn / 100 : 100)))).to.be.above(15_000);
    expect(mean(sizesWhere((drawn, count) => (count < 30 ? drawn / 60 : 100), 120))).to.be.above(15_000);
    // The paragraph that took so long has ended, and slices as large as may be take nearly as long.
    expect(mean(sizesWhere((drawn, count) => (count < 30 ? 200 + drawn / 4000 : drawn / 125)))).to.be.below(4000);
  });
});
