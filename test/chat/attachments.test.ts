import { expect, waitUntil } from '@open-wc/testing';
import { accepts } from '../../src/chat/attachments/accepts.js';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { AiAttachEvent } from '../../src/events.js';
import type { FileMessagePart } from '../../src/message.js';
import { scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, one, shown, write } from './chat-fixture.js';

const PIXEL = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);
const picture = () => new File([PIXEL], 'pixel.png', { type: 'image/png' });
const note = (name = 'note.txt', text = 'hello') => new File([text], name, { type: 'text/plain' });
const answered = () =>
  new Response('data: Yes\n\ndata: [DONE]\n\n', { headers: { 'content-type': 'text/event-stream' } });

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

async function attaching(attributes: Partial<AiStreamChat> = {}) {
  const fetch = scriptedFetch(answered(), answered());
  const chat = await chatWith(fetch, { accept: '', ...attributes });
  await waitUntil(() => all(chat, '.attach').length === 1);
  return { chat, fetch };
}

/** As a reader picks files. */
async function pick(chat: AiStreamChat, ...files: File[]): Promise<void> {
  const input = one<HTMLInputElement>(chat, 'input.file');
  input.files = transferOf(...files).files;
  input.dispatchEvent(new Event('change'));
  await read(chat);
}

async function read(chat: AiStreamChat): Promise<void> {
  await shown(chat);
  await waitUntil(() => all(chat, '.reading').length === 0);
  await shown(chat);
}

const names = (chat: AiStreamChat) => all(chat, '[part="attachment"] bdi').map(({ textContent }) => textContent);
const submit = (chat: AiStreamChat) => one<HTMLButtonElement>(chat, '.submit');
const filesOf = (chat: AiStreamChat) =>
  chat.messages[0]!.parts.filter(({ type }) => type === 'file') as FileMessagePart[];

describe('files that the reader attaches', () => {
  it('are none where the page does not ask for any', async () => {
    const chat = await chatWith(scriptedFetch());
    expect(all(chat, '.attach, input')).to.have.length(0);
  });

  it('go out with the words, and are let go of then', async () => {
    const { chat, fetch } = await attaching();
    await pick(chat, picture(), note());
    expect(names(chat)).to.deep.equal(['pixel.png', 'note.txt']);
    write(chat, 'Look');
    await chat.updateComplete;
    submit(chat).click();
    await shown(chat);
    expect(filesOf(chat)).to.deep.equal([
      { type: 'file', mediaType: 'image/png', filename: 'pixel.png', url: filesOf(chat)[0]!.url },
      { type: 'file', mediaType: 'text/plain', filename: 'note.txt', url: 'data:text/plain;base64,aGVsbG8=' },
    ]);
    expect(fetch.sent[0]!.body.messages[0].parts).to.have.length(3);
    expect(names(chat)).to.deep.equal([]);
  });

  it('leave no address of a picture behind, whether they go out or are taken away', async () => {
    const { revokeObjectURL } = URL;
    const revoked: string[] = [];
    URL.revokeObjectURL = (url) => (revoked.push(url), revokeObjectURL.call(URL, url));
    try {
      const { chat } = await attaching();
      await pick(chat, picture(), picture());
      const previews = all(chat, '[part="attachment"] img').map((image) => (image as HTMLImageElement).src);
      expect(previews).to.have.length(2);
      one(chat, '[part="attachment"] button').click();
      submit(chat).click();
      await shown(chat);
      expect(revoked).to.include.members(previews);
    } finally {
      URL.revokeObjectURL = revokeObjectURL;
    }
  });

  it('stay where the chat is out of the page for a while, in which nothing of them is left in the browser', async () => {
    const { chat, fetch } = await attaching();
    await pick(chat, picture(), note());
    const place = chat.parentElement!;
    const preview = () => one<HTMLImageElement>(chat, '[part="attachment"] img').src;
    const before = preview();
    chat.remove();
    await Promise.resolve();
    await globalThis.fetch(before).then(
      () => expect.fail('it is there yet'),
      () => undefined,
    );
    place.append(chat);
    await shown(chat);
    expect(names(chat)).to.deep.equal(['pixel.png', 'note.txt']);
    expect((await globalThis.fetch(preview())).ok).to.equal(true);
    submit(chat).click();
    await shown(chat);
    expect(fetch.sent[0]!.body.messages[0].parts).to.have.length(2);
  });

  it('can be all there is to say', async () => {
    const { chat } = await attaching();
    expect(submit(chat).disabled).to.equal(true);
    await pick(chat, note());
    expect(submit(chat).disabled).to.equal(false);
    submit(chat).click();
    await shown(chat);
    expect(chat.messages[0]!.parts.map(({ type }) => type)).to.deep.equal(['file']);
  });

  it('stay where the message cannot go out just now', async () => {
    const { chat } = await attaching();
    await pick(chat, note());
    Object.defineProperty(chat.session, 'busy', { value: true });
    one<HTMLFormElement>(chat, 'form').requestSubmit();
    await shown(chat);
    expect(names(chat)).to.deep.equal(['note.txt']);
  });

  it('are dropped on the chat, and pasted into it', async () => {
    const { chat } = await attaching();
    const dropped = { bubbles: true, cancelable: true, composed: true, dataTransfer: transferOf(note('a.txt')) };
    const over = new DragEvent('dragover', dropped);
    one(chat, '.thread').dispatchEvent(over);
    await shown(chat);
    expect(over.defaultPrevented).to.equal(true);
    expect(one(chat, '.drop').textContent).to.equal('Drop files to attach them');
    one(chat, '.thread').dispatchEvent(new DragEvent('drop', dropped));
    await read(chat);
    const clipboardData = transferOf(note('b.txt'));
    one(chat, 'textarea').dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData }),
    );
    await read(chat);
    expect(names(chat)).to.deep.equal(['a.txt', 'b.txt']);
    expect(all(chat, '.drop')).to.have.length(0);
  });

  it('are not what comes along with copied text', async () => {
    const { chat } = await attaching();
    const clipboardData = transferOf(picture());
    clipboardData.setData('text/plain', 'cells');
    const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData });
    one(chat, 'textarea').dispatchEvent(paste);
    await shown(chat);
    expect([paste.defaultPrevented, names(chat)]).to.deep.equal([false, []]);
  });

  it('are what is pasted with nothing but their names or paths as text, as a Mac’s Finder copies files', async () => {
    const { chat } = await attaching();
    const clipboardData = transferOf(note('a.txt'), note('b.txt'));
    clipboardData.setData('text/plain', 'a.txt\r/tmp/b.txt');
    one(chat, 'textarea').dispatchEvent(
      new ClipboardEvent('paste', { bubbles: true, cancelable: true, composed: true, clipboardData }),
    );
    await read(chat);
    expect(names(chat)).to.deep.equal(['a.txt', 'b.txt']);
  });

  it('are none any more once the page asks for none: what is pasted or dropped then is the page’s', async () => {
    const { chat } = await attaching();
    chat.accept = undefined;
    await shown(chat);
    const clipboardData = transferOf(note());
    const init = { bubbles: true, cancelable: true, composed: true };
    const paste = new ClipboardEvent('paste', { ...init, clipboardData });
    const drop = new DragEvent('drop', { ...init, dataTransfer: clipboardData });
    for (const event of [paste, drop]) one(chat, 'textarea').dispatchEvent(event);
    await read(chat);
    expect([paste, drop].map(({ defaultPrevented }) => defaultPrevented)).to.deep.equal([false, false]);
    expect(one(chat, '[role="status"]').textContent).to.equal('');
    chat.accept = '';
    await shown(chat);
    expect([names(chat), all(chat, '.attach').length]).to.deep.equal([[], 1]);
  });

  it('are taken away again, and the focus goes on to the next, or to the text', async () => {
    const { chat } = await attaching();
    await pick(chat, note('a.txt'), note('b.txt'));
    const remove = () => one<HTMLButtonElement>(chat, '[part="attachment"] button');
    expect(remove().textContent!.trim()).to.equal('Remove a.txt');
    remove().focus();
    remove().click();
    await shown(chat);
    expect(names(chat)).to.deep.equal(['b.txt']);
    expect(chat.shadowRoot!.activeElement).to.equal(remove());
    remove().click();
    await shown(chat);
    expect(chat.shadowRoot!.activeElement).to.equal(one(chat, 'textarea'));
  });

  it('are refused in words where they are of another kind, too many or too large', async () => {
    const { chat } = await attaching({ accept: 'image/*,.md' });
    const problem = () => all(chat, '.problem')[0]?.textContent;
    await pick(chat, note());
    expect(problem()).to.equal('note.txt is not a kind of file that can be sent here.');
    expect(one(chat, '[role="status"]').textContent!.trim()).to.equal(problem());
    const large = picture();
    Object.defineProperty(large, 'size', { value: 21 * 1024 * 1024 });
    const transfer = transferOf(picture());
    Object.defineProperty(transfer, 'files', { value: [large] });
    chat.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
    await read(chat);
    expect(problem()).to.equal('pixel.png is too large to be sent here.');
    await pick(chat, ...Array.from({ length: 12 }, picture));
    expect(problem()).to.equal('No more than 10 files go with one message.');
    expect(names(chat)).to.have.length(10);
  });

  it('wait to be there: nothing goes out without one of them', async () => {
    const { chat } = await attaching();
    let keep = (_address: { url: string }): void => undefined;
    chat.addEventListener('ai-attach', (event: AiAttachEvent) => {
      event.respondWith(new Promise((resolve) => (keep = resolve)));
    });
    const input = one<HTMLInputElement>(chat, 'input.file');
    input.files = transferOf(note()).files;
    input.dispatchEvent(new Event('change'));
    write(chat, 'Look');
    await shown(chat);
    expect(submit(chat).disabled).to.equal(true);
    keep({ url: 'https://files.example/1' });
    await read(chat);
    submit(chat).click();
    await shown(chat);
    expect(filesOf(chat)[0]!.url).to.equal('https://files.example/1');
  });
});

describe('where the page keeps them (`ai-attach`)', () => {
  it('is what the message has, with no bound on their size', async () => {
    const { chat } = await attaching();
    chat.addEventListener('ai-attach', (event: AiAttachEvent) => {
      event.respondWith({ url: `https://files.example/${event.file.name}`, mediaType: 'text/markdown' });
    });
    const large = note();
    Object.defineProperty(large, 'size', { value: 1e9 });
    const transfer = transferOf(note());
    Object.defineProperty(transfer, 'files', { value: [large] });
    chat.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer }));
    await read(chat);
    submit(chat).click();
    await shown(chat);
    expect(filesOf(chat)).to.deep.equal([
      { type: 'file', filename: 'note.txt', url: 'https://files.example/note.txt', mediaType: 'text/markdown' },
    ]);
  });

  it('and a failure of it is told, by what name the reader knows', async () => {
    const { chat } = await attaching({ strings: { attachments: { failed: (name) => `${name}: nein` } } });
    chat.addEventListener('ai-attach', (event: AiAttachEvent) => event.respondWith(Promise.reject(new Error('full'))));
    await pick(chat, note());
    expect(one(chat, '.problem').textContent).to.equal('note.txt: nein');
    expect(names(chat)).to.deep.equal([]);
  });

  it('prevented, the file is the page’s alone', async () => {
    const { chat } = await attaching();
    chat.addEventListener('ai-attach', (event) => event.preventDefault());
    await pick(chat, note());
    expect([names(chat), all(chat, '.problem')]).to.deep.equal([[], []]);
  });

  it('it is told that a file is wanted no more, as when the chat is gone; a move ends nothing', async () => {
    const { chat } = await attaching();
    let signal: AbortSignal | undefined;
    chat.addEventListener('ai-attach', (event: AiAttachEvent) => {
      ({ signal } = event);
      event.respondWith(new Promise(() => undefined));
    });
    const input = one<HTMLInputElement>(chat, 'input.file');
    input.files = transferOf(note()).files;
    input.dispatchEvent(new Event('change'));
    const place = chat.parentElement!;
    place.append(chat);
    await shown(chat);
    expect([names(chat), signal!.aborted]).to.deep.equal([['note.txt'], false]);
    chat.remove();
    await Promise.resolve();
    expect(signal!.aborted).to.equal(true);
  });
});

describe('what an `accept` lists', () => {
  const file = { name: 'A photo.JPG', type: 'image/jpeg' };
  for (const [list, taken] of [
    ['', true],
    ['*/*', true],
    ['image/*', true],
    ['.jpg', true],
    [' .PNG , IMAGE/JPEG', true],
    ['.png,application/pdf', false],
    ['image/png', false],
  ] as const)
    it(`“${list}” ${taken ? 'takes' : 'refuses'} a JPEG`, () => expect(accepts(list, file)).to.equal(taken));
  it('goes by the ending where a device does not know the type', () => {
    expect(accepts('.md', { name: 'notes.md', type: '' })).to.equal(true);
    expect(accepts('text/*', { name: 'notes.md', type: '' })).to.equal(false);
  });
});
