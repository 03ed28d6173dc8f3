import { expect } from '@open-wc/testing';
import { seenText } from '../../src/text-filter.js';

describe('what a reader cannot see', () => {
  it('is found in any text, however much of it is plain', () => {
    const plain = 'Größe – «ток» שלום مرحبا 漢字カナ 한글 ½ € → ';
    expect(seenText(plain)).to.equal(plain);
    for (const hidden of ['\u202E', '\u2066', '\u2060', '\u3164', '\uFEFF', '\u{E0041}', '\uFE01\uFE02'])
      expect(seenText(plain + hidden + plain), escape(hidden)).not.to.contain(hidden);
    for (const control of ['\u0000', '\u0008', '\u007F', '\u0085'])
      expect(seenText(plain + control)).to.equal(`${plain}\uFFFD`);
  });

  it('is the same for each character whether what stands before it is plain or not', () => {
    const different: string[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const char = String.fromCharCode(code);
      if (seenText(`a${char}`).slice(1) !== seenText(`\u0000${char}`).slice(1)) different.push(code.toString(16));
    }
    expect(different).to.deep.equal([]);
  });
});

function escape(text: string): string {
  return [...text].map((char) => `U+${char.codePointAt(0)!.toString(16)}`).join(' ');
}
