import { expect } from '@open-wc/testing';
import { fileNameOf } from '../../src/image/bytes/file-name.js';

const names: [title: string, filename: string, alt: string | null, url: string, type: string, expected: string][] = [
  ['the host’s name', 'fox.png', 'A fox', 'https://x.example/a.png', 'image/png', 'fox.png'],
  ['the description', '', 'A red fox', 'https://x.example/a.png', 'image/png', 'A red fox.png'],
  ['the address', '', null, 'https://x.example/dir/a%20b.jpeg?x=1', 'image/webp', 'a b.webp'],
  ['neither', '', null, 'blob:https://x.example/1', 'image/jpeg', 'image.jpg'],
  ['an ending that is not the picture’s', 'setup.exe', '', 'https://x.example/', 'image/png', 'setup.png'],
  ['a path', '../../etc/passwd', null, 'https://x.example/', 'image/png', 'etc passwd.png'],
  ['a hidden ending', '', 'fox\u202Egnp.exe', 'https://x.example/', 'image/png', 'fox gnp.exe.png'],
  ['a reserved name with an ending', '', 'con.old', 'https://x.example/', 'image/png', 'image-con.old.png'],
  ['half a character', '', '\uD800', 'https://x.example/', 'image/png', 'image.png'],
  ['a reserved name', 'con', null, 'https://x.example/', 'image/png', 'image-con.png'],
  ['a type that is none', '', 'A fox', 'https://x.example/', 'text/html', 'A fox.img'],
  ['a very long one', '', '狐'.repeat(500), 'https://x.example/', 'image/png', `${'狐'.repeat(66)}.png`],
];

describe('the name of a downloaded picture', () => {
  for (const [title, filename, alt, url, type, expected] of names) {
    it(`comes from ${title}`, () => expect(fileNameOf({ filename, alt, url, type })).to.equal(expected));
  }
});
