import { expect } from '@open-wc/testing';
import { TextFilter, seenText } from '../../src/trust/text-filter.js';

/** What languages, signs and emoji need. */
const NEEDED = (
  '👩‍👩‍👧‍👦 می‌خواهم 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🏴󠁵󠁳󠁴󠁸󠁿 ❤️‍🔥 1️⃣ #️⃣ *️⃣ 🏳️‍⚧️ ☺︎ 葛󠄀 辻󠄁 \u{20000}\u{E0100} 0︀ ∩︀ 。︀ ，︁ “︀ မ︀ 👁️‍🗨️ 🕵🏽‍♂️ ©️ ℹ️ Ⓜ️ ㊗️ 🏴‍☠️ 𓀀︃ ' +
  'pass\u00ADword क्‍ष ශ්‍රී אב\u200E\u200F ᠠ᠋ é'
).split(' ');

/** What hides words, and what of it is left. */
const HIDDEN: [text: string, left: string][] = [
  [`a\u{E0101}b\u{E0156}`, 'ab'],
  ['a\uFE00 \uFE01б\uFE0F', 'a б'],
  ['葛\u{E0100}\u{E0101}', '葛\u{E0100}'],
  ['\u{E0100}\uFE0F', ''],
  [`a${'\u200B\u200C'.repeat(20)}b`, 'a\u200B\u200Cb'],
  ['a\u{E0FFF}\u{E0080}\u{E01F0}\uFFF0\u{1D173}\u{1BCA3}\u17B4b', 'ab'],
  [`\u{1F3F4}${'\u{E0061}'.repeat(90)}`, `\u{1F3F4}${'\u{E0061}'.repeat(7)}`],
  ['\u{1F3F4}\u{E0067}\u{E007F}\u{E0068}', '\u{1F3F4}\u{E0067}\u{E007F}'],
  ['\u{1F3F4}\u{E0041}\u{E0067}', '\u{1F3F4}'],
];

describe('what a reader cannot see', () => {
  it('is not what texts need', () => {
    expect(NEEDED.filter((text) => seenText(text) !== text)).to.deep.equal([]);
  });

  for (const [text, left] of HIDDEN)
    it(`hides no words: ${escape(text.slice(0, 12))}`, () => {
      expect(escape(seenText(text))).to.equal(escape(left));
      // Cut anywhere, as it may come.
      const filter = new TextFilter();
      expect(escape([...text].map((char) => filter.clean(char)).join(''))).to.equal(escape(left));
    });

  it('is found in any text, however much of it is plain', () => {
    const plain = 'Größe – «ток» שלום مرحبا 漢字カナ 한글 ½ € → ';
    expect(seenText(plain)).to.equal(plain);
    for (const hidden of ['\u202E', '\u2066', '\u2060', '\u3164', '\uFEFF', '\u{E0041}', '\uFE01\uFE02'])
      expect(seenText(plain + hidden + plain), escape(hidden)).not.to.contain(hidden);
    for (const control of ['\u0000', '\u0008', '\u007F', '\u0085'])
      expect(seenText(plain + control)).to.equal(`${plain}\uFFFD`);
  });

  it('is told from the character before it where that is half of one, too, however it is cut', () => {
    const filter = new TextFilter();
    expect(escape(filter.clean('❤\uDC69') + filter.clean('\uFE0F'))).to.equal(escape(seenText('❤\uDC69\uFE0F')));
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
