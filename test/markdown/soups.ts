import * as fc from 'fast-check';

/** Pieces of one grammar, which `¦` divides, in any order, with line ends and text between them. */
function soup(listed: string, most: number): fc.Arbitrary<string> {
  const pieces = listed.split('¦');
  return fc
    .array(fc.constantFrom(...pieces, ...pieces, '\n', '\n', '\n\n', 'a', 'b c', ' '), {
      minLength: 1,
      maxLength: most,
    })
    .map((parts) => parts.join(''));
}

/** Every sign that means something, alone. */
const signSoup = soup(
  '  ¦    ¦\t¦   ¦  \n¦\\\n¦\r¦\r\n¦\u00a0¦\u3000¦\u2028¦\0¦\uFEFF¦\uD83D¦\uDE00¦-¦- ¦* ¦+ ¦1. ¦2) ' +
    '¦>¦> ¦#¦# ¦=¦===¦---¦--¦|¦a|b¦|-|¦-|-¦*¦**¦_¦`¦``¦```¦~~~¦~¦~~¦\\¦&¦&amp;¦&#38;¦&copy¦"¦\'¦: ¦[' +
    '¦[a]¦[a]:¦[a]: ¦[a]: /u¦[^a]¦[^a]: ¦]¦](¦](/u)¦![¦(¦)¦!¦[ ] ¦[x] ¦<¦</¦>¦/¦<!--¦-->¦<?¦?>¦<!A' +
    '¦<b>¦<p>¦<a href="¦">¦[!NOTE]¦é¦😀¦www.a.b¦http://a.b¦a@b.c',
  24,
);

/** Blocks of HTML of all seven kinds, whole, open, interrupting and interrupted. https://spec.commonmark.org/0.31.2/#html-blocks */
const htmlSoup = soup(
  '<script>¦</script>¦<pre>¦</pre>¦<style a>¦</style>¦<textarea¦</textarea>x¦<PRE\n¦<!-- ¦-->¦<!-->' +
    '¦<!--->¦<!-- a -->¦<?php¦?>¦<!DOCTYPE¦<!a¦>¦<![CDATA[¦]]>¦]]¦<div¦<div>¦</div>¦<DIV class="a"' +
    '¦<p>¦</p>¦<table>¦<tr><td>¦</td>¦<li>¦<hr/>¦<h2>¦<details>¦<details open>¦</details>¦<summary>' +
    '¦</summary>¦<summary>more</summary>¦<title>¦<b>¦</b>¦<kbd>k</kbd>¦<a href="/u">¦<a b=\'\n\'>' +
    '¦<x-y>¦</x-y >¦<br />¦<img src="/u">¦  ¦    ¦- ¦> ¦1. ¦   ¦*em*¦[a](/u)¦# h¦---¦===¦```¦&amp;' +
    '¦\\<',
  20,
);

/** Definitions everywhere: before and after their use, twice, with titles over lines, in quotes and lists, unfinished. */
const definitionSoup = soup(
  '[a]: /u¦[a]: /v "t"¦[a]:¦[A]: <u v>¦[a]: /u \'¦[a]: /u (t¦)¦"t"¦\'t¦"¦/u¦<u¦>¦[a\nb]: /u' +
    '¦[a b]: /u¦[\\]]: /u¦[b]: /u\n"t\nt"¦[b]: /u\n\n"t"¦[b]:\n/u¦[b]: /u x¦[a]¦[A]¦[b][a]¦[b][]¦![a]' +
    '¦[*a*][a]¦[a\nb]¦[^a]: n¦[^a]¦[a](/w)¦[[a]]¦[a][b]¦- ¦> ¦>¦1. ¦  ¦    ¦\t¦# ¦---¦===¦<b>¦```',
  18,
);

/** Tables that are whole, short, long, interrupted, in lists and quotes, and what only looks like one. */
const tableSoup = soup(
  '| a | b |\n|---|---|\n¦|a|\n|-|\n¦a | b\n- | -\n¦| 1 | 2 |¦|1|2|3|¦| `\\|` | **b** |¦\\|¦|¦|:-|' +
    '¦|-:|:-:|¦-|-¦---¦- | -¦| a |¦|¦ | ¦`¦``¦| [a](u|v) |¦| <b> |¦| a¦- ¦  ¦> ¦>¦    ¦# h¦```¦<div>' +
    '¦***¦1. ¦[a]: /u¦[a]¦\t¦:¦=¦www.a.b',
  16,
);

/** Addresses as links and as themselves, pictures in links, brackets in brackets, entities. */
const addressSoup = soup(
  '中文字¦คำตอบ¦http://a.b¦https://a.b/c?d=e&f¦www.a.b¦a@b.c¦ftp://a.b¦mailto:a@b.c¦<http://a.b>¦<a@b.c>¦<a:b>¦.' +
    '¦,¦)¦(¦!¦?¦&amp;¦&copy¦&#x41¦;¦:¦_¦*¦~¦"¦\'¦/¦<¦>¦\\¦-¦[¦]¦](¦[a](¦/u¦<u v>¦ "t"¦ \'t\'¦ (t)¦![' +
    '¦![a](/u)¦[![a](/u)](/v)¦[a [b] c](/u)',
  18,
);

/** Runs of delimiters, whose lengths decide by the rule of three, among letters, signs and spaces. */
const emphasisSoup = fc
  .array(
    fc.constantFrom(
      ...(
        '*¦**¦***¦****¦_¦__¦___¦~¦~~¦~~~¦`¦``¦\\¦[¦](/u)¦<b>¦</b>¦a¦b¦ ¦ ¦.¦(¦)¦"¦é¦\n¦  \n¦\\\n¦中¦&amp;' +
        '¦a@b.c¦www.a.b¦中文字，¦คำตอบ¦កាំ'
      ).split('¦'),
    ),
    { minLength: 2, maxLength: 30 },
  )
  .map((parts) => parts.join(''));

/** The same for each kind of syntax by itself. */
export const soups = { signSoup, htmlSoup, definitionSoup, tableSoup, addressSoup, emphasisSoup };
