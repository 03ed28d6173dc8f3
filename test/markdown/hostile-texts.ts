/** Where an address goes that no reader may follow: whatever asks for it has leaked. */
const EXFIL = 'exfil.test';

const SCRIPT = 'alert(1)';

/** A scheme that must not become live, written so that a filter might not know it again. */
const disguises: ((scheme: string) => string)[] = [
  (scheme) => scheme,
  (scheme) => scheme.toUpperCase(),
  (scheme) => [...scheme].map((char, index) => (index % 2 ? char.toUpperCase() : char)).join(''),
  (scheme) => ` ${scheme}`,
  (scheme) => `\t${scheme}`,
  (scheme) => `\u0001${scheme}`,
  (scheme) => `\u00A0${scheme}`,
  (scheme) => `\u200B${scheme}`,
  (scheme) => `${scheme.slice(0, 4)}&Tab;${scheme.slice(4)}`,
  (scheme) => `${scheme.slice(0, 4)}&NewLine;${scheme.slice(4)}`,
  (scheme) => `${scheme.slice(0, 2)}&#${scheme.codePointAt(2)};${scheme.slice(3)}`,
  (scheme) => `&#x${scheme.codePointAt(0)!.toString(16)};${scheme.slice(1)}`,
  (scheme) => `&#0000${scheme.codePointAt(0)};${scheme.slice(1)}`,
  (scheme) => scheme.replace(':', '&colon;'),
  (scheme) => scheme.replace(':', '&#58'),
  (scheme) => scheme.replace(':', '%3A'),
  (scheme) => scheme.replace(':', '\\:'),
  (scheme) => `${scheme.slice(0, 3)}\u0000${scheme.slice(3)}`,
  (scheme) => `${scheme.slice(0, 3)}\u00AD${scheme.slice(3)}`,
  (scheme) => `view-source:${scheme}`,
  (scheme) => `https:${scheme}`,
  (scheme) => `//${scheme}`,
  (scheme) => `%6A${scheme.slice(1)}`,
];

const payloads = [
  `javascript:${SCRIPT}`,
  `javascript://${EXFIL}/%0a${SCRIPT}`,
  `vbscript:${SCRIPT}`,
  `data:text/html,<script>${SCRIPT}</script>`,
  `data:image/svg+xml,<svg onload=${SCRIPT}>`,
];
const others = [
  'blob:https://a.test/0-0-0',
  'filesystem:https://a.test/temporary/x',
  'file:///etc/passwd',
  'intent://x#Intent;scheme=https;end',
  'ms-settings:',
  'chrome://settings',
  'about:blank',
  'ftp://a.test/',
  'ws://a.test/',
  'tel:+1',
  'sms:+1',
  '/logout',
  'logout',
  '../logout',
  '?delete=1',
  '#composer',
  `//${EXFIL}/x`,
  `\\\\${EXFIL}\\x`,
  `/\\${EXFIL}/x`,
  `https://bank.test@${EXFIL}/`,
  `https://bank.test:pass@${EXFIL}/`,
  `https:/\\bank.test@${EXFIL}`,
  `https://a.test/${'x'.repeat(9000)}`,
];

/** The ways in which markdown and the HTML in it name an address. */
const links: ((address: string) => string)[] = [
  (address) => `[a](${address})`,
  (address) => `[a](<${address}>)`,
  (address) => `<${address}>`,
  (address) => `${address} and`,
  (address) => `[a][r]\n\n[r]: ${address}`,
  (address) => `> [A][R]\n>\n> [r]: <${address}> "t"`,
  (address) => `- [r]\n\n[r]: ${address}`,
  (address) => `<a href="${address}">a</a>`,
  (address) => `<a href='${address}'>a</a>`,
  (address) => `<a\nhref=${address}>a</a>`,
  (address) => `<a title="&quot;>" HREF = "${address}">a</a>`,
  (address) => `<a href="x" href="${address}">a</a>`,
  (address) => `<img src="${address}">`,
  (address) => `![a](${address})`,
  (address) => `![a][r]\n\n[r]: ${address}`,
  (address) => `|a|\n|-|\n|[a](${address})|`,
  (address) => `[![a](${address})](${address})`,
];

const tags = (
  'script style iframe object embed form input button textarea select option svg math template noscript xmp plaintext ' +
  'title base link meta frameset frame applet video audio source track canvas dialog marquee map area picture portal ' +
  'slot output meter progress fieldset label datalist keygen isindex listing noembed noframes image layer bgsound ' +
  'fencedframe ai-stream-chat ai-image ai-artifact-panel x-y annotation-xml foreignObject animate set use'
).split(' ');

const attributes = [
  ...[
    'onclick',
    'onerror',
    'onload',
    'ontoggle',
    'onfocus',
    'onpointerover',
    'oncommand',
    'onbeforetoggle',
    'ONCLICK',
  ].map((name) => `${name}="${SCRIPT}"`),
  `style="position:fixed;inset:0;background:url(https://${EXFIL}/s)"`,
  `srcset="https://${EXFIL}/a 1x"`,
  `ping="https://${EXFIL}/p"`,
  `background="https://${EXFIL}/b"`,
  `poster="https://${EXFIL}/v"`,
  `attributionsrc="https://${EXFIL}/t"`,
  'is="x-y"',
  'slot="header"',
  'part="content"',
  'exportparts="content"',
  'popover',
  'popovertarget="p"',
  'popover="auto" id="p"',
  'command="show-modal" commandfor="d"',
  `formaction="https://${EXFIL}/f"`,
  'form="f"',
  'formmethod="post"',
  'id="location"',
  'name="cookie"',
  'id="__proto__"',
  'tabindex="1"',
  'autofocus',
  'contenteditable',
  'inert',
  'hidden="until-found"',
  'nonce="n"',
  'role="alert"',
  'aria-live="assertive"',
  'aria-label="Assistant"',
  'accesskey="a"',
  'draggable="true"',
  'lang="zz"',
  'target="_self"',
  'rel="opener"',
  'referrerpolicy="unsafe-url"',
  'download="a.exe"',
  'class="leaving"',
  'class="image-ask" data-url="https://exfil.test/i"',
  'class="code-block"',
  'class="code-bar" data-chrome data-language="Sign in"',
  'data-chrome=""',
  'data-action="download"',
  'data-url="javascript:alert(1)"',
  'data-title="Sign in" class="alert"',
  'data-streaming',
  'data-reader-wrap',
  'itemscope itemtype="https://exfil.test"',
  'xlink:href="javascript:alert(1)"',
  'xmlns="http://www.w3.org/2000/svg"',
  'dir="rtl" align="right"',
  'start="9999999999"',
  'title="&quot; onclick=alert(1) x=&quot;"',
  `"onclick=${SCRIPT}`,
  `'onclick=${SCRIPT}`,
  `/onclick=${SCRIPT}`,
  `\nonclick\n=\n${SCRIPT}`,
  `x="a>b" onclick="${SCRIPT}"`,
];
const carriers = ['a', 'b', 'details', 'summary', 'img', 'td', 'p', 'div', 'kbd', 'br', 'button'];

/** Markup that a parser, a sanitizer and a parser after it read in different ways. */
const mutations = [
  `<svg><style><img src=x onerror=${SCRIPT}></style></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${SCRIPT}&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=${SCRIPT}>">`,
  `<template><img src=x onerror=${SCRIPT}></template>`,
  `<title><a title="</title><img src=x onerror=${SCRIPT}>">`,
  `<textarea><a title="</textarea><img src=x onerror=${SCRIPT}>">`,
  `<xmp><a title="</xmp><img src=x onerror=${SCRIPT}>">`,
  `<select><style></select><img src=x onerror=${SCRIPT}>`,
  `<!--><img src=x onerror=${SCRIPT}>-->`,
  `<!---><img src=x onerror=${SCRIPT}>-->`,
  `<!-- --!><img src=x onerror=${SCRIPT}>`,
  `<![CDATA[><img src=x onerror=${SCRIPT}>]]>`,
  `<?xml x="><img src=x onerror=${SCRIPT}>"?>`,
  `<!x "><img src=x onerror=${SCRIPT}>">`,
  `<b <script>${SCRIPT}</script>>x</b>`,
  `<<b>script>${SCRIPT}<</b>/script>`,
  `<scr<b>ipt>${SCRIPT}</scr</b>ipt>`,
  `<b title='"><img src=x onerror=${SCRIPT}>'>x</b>`,
  `<b title="\n\n"><img src=x onerror=${SCRIPT}>">x</b>`,
  `<a title="a\n\nb" onclick="${SCRIPT}">x</a>`,
  `<table><tr><td><svg><desc><img src=x onerror=${SCRIPT}></table>`,
  `<a href="https://a.test"><a href="javascript:${SCRIPT}">x</a></a>`,
  `<p><table><a href="https://a.test"><tr><td>x`,
  `</b></div></li></ul></blockquote><div>x`,
  `- <details>\n\n</li></ul><b>x`,
  `> </blockquote>\n<b>x`,
  '`<img src=x onerror=alert(1)>`',
  '```<img src=x onerror=alert(1)>\nx\n```',
  '```"><img/src=x/onerror=alert(1)>\nx\n```',
  '~~~ js" onclick="alert(1)\nx\n~~~',
  `[a](https://a.test "\\"onclick=${SCRIPT} x=\\"")`,
  `[a](https://a.test '"onclick=${SCRIPT} x="')`,
  `![" onerror="${SCRIPT}](https://${EXFIL}/x.png)`,
  `![a](https://${EXFIL}/"onerror="${SCRIPT})`,
  `<https://a.test/"onclick="${SCRIPT}>`,
  `https://a.test/"onclick="${SCRIPT}"`,
  `[r]: https://a.test "\n[r]\nonclick=${SCRIPT}"`,
  `|"><img src=x onerror=${SCRIPT}>|\n|-|\n|<script>${SCRIPT}</script>|`,
  `> [!NOTE] <img src=x onerror=${SCRIPT}>\n> <script>${SCRIPT}</script>`,
  `> [!NOTE"onclick=${SCRIPT}]\n> x`,
  `- [x" onclick="${SCRIPT}] a`,
  `# <img src=x onerror=${SCRIPT}> {#id onclick=${SCRIPT}}`,
  `[^1]: <img src=x onerror=${SCRIPT}>\n\na[^1]`,
  `$\\href{javascript:${SCRIPT}}{x}$ and $$\\htmlData{x=y}{z}$$`,
  `\`\`\`mermaid\ngraph TD; A["<img src=https://${EXFIL}/m onerror=${SCRIPT}>"]; click A "javascript:${SCRIPT}"\n\`\`\``,
  `:::note\n<script>${SCRIPT}</script>\n:::`,
  `:x[<img src=x onerror=${SCRIPT}>]{onclick="${SCRIPT}" href="javascript:${SCRIPT}"}`,
  `<antArtifact identifier="a" type="text/html"><script>${SCRIPT}</script></antArtifact>`,
];

const deceptions = [
  '[https://bank.test](https://evil.test/)',
  '[bank.test/login](https://evil.test/)',
  '[\u202Emoc.tset.knab\u202C](https://evil.test/)',
  '[\u2066bank.test\u2069](https://evil.test/)',
  '[x](https://evil.test/\u202Egnp.exe)',
  'https://ех.test/ and https://xn--e1afmkfd.test/',
  '[x](https://ⓔⓥⓘⓛ.test/)',
  '[x](https://evil.test\uFF0Fbank.test/)',
  '[x](https://bank.test\u2044.evil.test/)',
  'https://a.test/x). and (https://a.test/y), "https://a.test/z"; https://a.test/w?!',
  'www.a.test, www.a.test. a@a.test. mailto:a@a.test?cc=b@b.test&body=x',
  `![](https://${EXFIL}/1.png) ![a](//${EXFIL}/2.png) ![b](/\\${EXFIL}/3.png)`,
  `<img src="https://${EXFIL}/4.png" srcset="https://${EXFIL}/5.png 2x" width=9999 height=9999 loading=eager>`,
  `<picture><source srcset="https://${EXFIL}/6.png"><img src="https://${EXFIL}/7.png"></picture>`,
  `<video poster="https://${EXFIL}/8.png" src="https://${EXFIL}/9.mp4" autoplay></video>`,
  `<link rel="dns-prefetch" href="//${EXFIL}"><link rel=preconnect href="https://${EXFIL}"><link rel=icon href="https://${EXFIL}/i">`,
  `<meta http-equiv=refresh content="0;url=https://${EXFIL}/r"><base href="https://${EXFIL}/">`,
  `<style>@import "https://${EXFIL}/c"; * { background: url(https://${EXFIL}/d) }</style>`,
  `<table background="https://${EXFIL}/e"><tr><td background="https://${EXFIL}/f">x`,
  `<svg><image href="https://${EXFIL}/g"/><use href="https://${EXFIL}/h#x"/></svg>`,
  `<iframe src="https://${EXFIL}/j"></iframe><object data="https://${EXFIL}/k"></object><embed src="https://${EXFIL}/l">`,
  `<input type=image src="https://${EXFIL}/m"><body background="https://${EXFIL}/n">`,
  '![a](https://e\u00A0x.test/i.png) b',
  '[a](<https://e.test\\> x>) b',
  `[a](https://a.test "${`see https://${EXFIL}/u `.repeat(100)}") b`,
  `<script src="https://${EXFIL}/o"></script><script type=speculationrules>{"prefetch":[{"urls":["https://${EXFIL}/q"]}]}</script>`,
];

/** What nobody can see or what turns the reading direction around, as itself and as references that stand for it. */
const unseen = [
  '\u202E',
  '&#x202E;',
  '&#8238;',
  '&#x2066;',
  '&NoBreak;',
  '&InvisibleTimes;',
  '&#x3164;',
  '&#xFEFF;',
  '&#27;[31m',
  '&#x9B;',
  '&#8;',
  '\u{E0041}',
  '&#xE0041;&#xE0042;',
  '\u{E0155}\u{E0156}',
  '&#xE0155;',
  '\u{E0200}',
  '&#x1D173;',
  '\u{1BCA0}',
  '\uFFF0',
  '\uFE01',
  '\u200B\u200C\u200D\u200B\u200C',
  '&zwj;&zwnj;&zwj;&zwnj;',
  '\u{1F3F4}\u{E0041}',
  `\u{1F3F4}${'\u{E0061}'.repeat(30)}`,
  '\u{1F3F4}\u{E0067}\u{E007F}\u{E0068}',
];

/** The places in which a reader, or what reads to them, meets a text. */
const shown: ((text: string) => string)[] = [
  (text) => `a${text}gpj.exe`,
  (text) => `[a${text}b](https://a.test "c${text}d")`,
  (text) => `![a${text}b](https://${EXFIL}/x "c${text}d")`,
  (text) => `<img src="https://${EXFIL}/x" alt="a${text}b" title='c${text}d'>`,
  (text) => `<kbd title="a${text}b">c</kbd>`,
  (text) => `<a href="https://a.test" title=a${text}b>c${text}d</a>`,
  (text) => `|a${text}b|\n|-|\n|c${text}d|`,
  (text) => `<details><summary>a${text}b</summary>\n\nc${text}d\n\n</details>`,
  (text) => `# **a${text}b**`,
  (text) => `a[^1]\n\n[^1]: b${text}c`,
  (text) => `<div>a${text}b\nc</div>`,
];

/** Several hundred texts, each of which tries one thing in one place. */
export function hostileTexts(): string[] {
  const texts = [...mutations, ...deceptions];
  payloads.forEach((payload, which) =>
    disguises.forEach((disguise, index) => {
      for (let count = 0; count < 3; count += 1)
        texts.push(links[(which + 5 * index + 7 * count) % links.length]!(disguise(payload)));
    }),
  );
  for (const address of others) for (const link of links) texts.push(link(address));
  unseen.forEach((text, index) => {
    for (let count = 0; count < 5; count += 1) texts.push(shown[(index + 3 * count) % shown.length]!(text));
  });
  tags.forEach((tag, index) => {
    texts.push(`<${tag} onclick="${SCRIPT}" src="https://${EXFIL}/t" href="javascript:${SCRIPT}">x</${tag}>`);
    const inside = mutations[index % mutations.length]!;
    texts.push(`a <${tag}>${inside}</${tag}> b`, `- <${tag}/onload=${SCRIPT}>\n  ${inside.replaceAll('\n', '\n  ')}`);
  });
  attributes.forEach((attribute, index) => {
    for (let count = 0; count < 3; count += 1) {
      const tag = carriers[(index + 4 * count) % carriers.length]!;
      texts.push(`${count === 0 ? '' : 'a '}<${tag} ${attribute}>x</${tag}>`);
    }
  });
  return texts;
}
