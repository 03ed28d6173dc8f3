import { expect } from '@open-wc/testing';
import { encode, eventStream, inPieces } from '../support/bytes.js';
import { readMessage } from '../support/read-message.js';
import { sharedBytes, sharedJson } from '../support/shared.js';

const goldens = await sharedJson<Record<string, { kind: string }>>('recordings/goldens.json');

const escaped = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
/** The data of each event that is an object, with one more field in it. */
const withField = (text: string, field: string) => text.replaceAll(/^(data: ?)\{(?=")/gm, `$1{${field},`);

/** What a proxy, another server or a later version may make of a stream without changing what it says. */
const SPELLINGS: [string, (text: string) => string][] = [
  ['without event names', (text) => text.replaceAll(/^event: ?.*\r?\n/gm, '')],
  ['with CRLF', (text) => text.replaceAll(/\r?\n/g, '\r\n')],
  ['with CR', (text) => text.replaceAll(/\r?\n/g, '\r')],
  ['with comments between and inside the events', (text) => `: open\n\n${text.replaceAll(/^data/gm, ': ping\ndata')}`],
  ['without spaces behind the colons', (text) => text.replaceAll(/^(data|event): /gm, '$1:')],
  ['with spaces behind the data', (text) => text.replaceAll(/^(data: ?.*[}\]])(?=\r?$)/gm, '$1   ')],
  ['behind a byte order mark', (text) => `\uFEFF${text}`],
  ['behind a ping', (text) => `event: ping\ndata: {"type":"ping"}\n\ndata: ping\n\ndata:\n\n${text}`],
  ['with every character escaped', (text) => text.replaceAll(/[\u0080-\uffff]/g, escaped)],
  ['with fields that nobody knows', (text) => withField(text, '"zz_new":{"text":"BEAM","content":[null]}')],
  ['with fields that are null', (text) => withField(text, '"zz_none":null')],
  [
    'with events that nobody knows',
    (text) => text.replaceAll(/\r?\n\r?\n(?=data|event)/g, '$&data: {"zz":"BEAM"}\n\n'),
  ],
];

(goldens ? describe : describe.skip)('recorded streams, spelled otherwise', () => {
  const files = Object.entries(goldens ?? {}).filter(([, { kind }]) => !kind.startsWith('other'));

  /** Not every one changes every file. */
  const used = new Set<string>();

  for (const [file] of files) {
    it(file.split('/').slice(-2).join('/'), async function () {
      this.timeout(60_000);
      const text = new TextDecoder().decode(await sharedBytes(`recordings/${file}`));
      const { message, error } = await readMessage(eventStream(text));
      for (const [spelling, spell] of SPELLINGS) {
        if (spell(text) !== text) used.add(spelling);
        const other = await readMessage(eventStream(inPieces(encode(spell(text)), 4096)));
        expect(other.message, spelling).to.deep.equal(message);
        expect(other.error?.code, spelling).to.equal(error?.code);
      }
    });
  }

  it('there are some, and each spelling changes some', () => {
    expect(files.length).to.be.at.least(100);
    expect([...used]).to.have.members(SPELLINGS.map(([spelling]) => spelling));
  });
});
