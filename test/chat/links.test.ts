import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { AiStreamChat } from '../../src/define/ai-stream-chat.js';
import type { MessagePart } from '../../src/core.js';
import { scriptedFetch } from '../support/scripted-fetch.js';
import { all, chatWith, shown } from './chat-fixture.js';

const PARTS: MessagePart[] = [
  { type: 'text', text: 'See [the page](https://far.example/page).' },
  { type: 'source-url', sourceId: 's', url: 'https://far.example/page', title: 'A page' },
  { type: 'file', url: 'https://far.example/page', mediaType: 'application/pdf', filename: 'paper.pdf' },
];

/** A chat whose thread has the same address as a link in text, as a source and as a file. */
async function chatWithLinks(linkHosts: string, parts = PARTS): Promise<AiStreamChat> {
  const chat = await chatWith(scriptedFetch(), { linkHosts });
  chat.messages = [{ id: 'm', role: 'assistant', parts }];
  await shown(chat);
  return chat;
}

const links = (chat: AiStreamChat) => all(chat, 'article a') as HTMLAnchorElement[];
const dialog = (chat: AiStreamChat) => all(chat, 'dialog')[0] as HTMLDialogElement | undefined;

/** Clicks as a reader does; nothing is opened. Gives whether the browser would have followed. */
function click(chat: AiStreamChat, link: HTMLElement, type = 'click'): boolean {
  let follows = false;
  const stay = (event: Event) => {
    follows = !event.defaultPrevented;
    event.preventDefault();
  };
  chat.addEventListener(type, stay, { once: true });
  link.dispatchEvent(
    new MouseEvent(type, { bubbles: true, cancelable: true, composed: true, button: type === 'click' ? 0 : 1 }),
  );
  return follows;
}

describe('every link of a thread', () => {
  it('that leads to a host which is not listed shows its whole address first', async () => {
    const chat = await chatWithLinks('near.example');
    expect(links(chat).length).to.equal(3);
    for (const link of links(chat)) {
      for (const type of ['click', 'auxclick']) {
        expect(click(chat, link, type), link.textContent!).to.equal(false);
        expect(dialog(chat)?.open, link.textContent!).to.equal(true);
        // A menu would follow it past the dialog.
        expect(link.hasAttribute('href'), link.textContent!).to.equal(false);
        expect(dialog(chat)!.textContent).to.contain('https://far.example/page');
        dialog(chat)!.close();
        await shown(chat);
        expect(dialog(chat)).to.equal(undefined);
      }
    }
  });

  it('that has no address of its own is pressed by keyboard', async () => {
    const chat = await chatWithLinks('near.example');
    for (const link of links(chat)) {
      expect([link.role, link.tabIndex]).to.deep.equal(['link', 0]);
      link.focus();
      // As a reader does: what a press of the key does beside its first event would close what it opened.
      await sendKeys({ press: 'Enter' });
      expect(dialog(chat)?.open, link.textContent!).to.equal(true);
      dialog(chat)!.close();
      await shown(chat);
    }
  });

  it('that is listed, or where nothing is, is followed at once', async () => {
    for (const linkHosts of ['far.example', '']) {
      const chat = await chatWithLinks(linkHosts);
      for (const link of links(chat)) {
        expect(click(chat, link), link.textContent!).to.equal(true);
        expect([link.rel, link.target]).to.deep.equal(['noopener noreferrer nofollow ugc', '_blank']);
      }
      expect(dialog(chat)).to.equal(undefined);
    }
  });

  it('is told to the host, who can keep it from being followed', async () => {
    const chat = await chatWithLinks('');
    const told: string[] = [];
    chat.addEventListener('ai-link', (event) => {
      told.push(event.url);
      event.preventDefault();
    });
    for (const link of links(chat)) expect(click(chat, link)).to.equal(false);
    expect(told).to.deep.equal(Array.from({ length: 3 }, () => 'https://far.example/page'));
    expect(dialog(chat)).to.equal(undefined);
  });

  it('whose text names another host is shown first, wherever it stands', async () => {
    const url = 'https://evil.example/login';
    const parts: MessagePart[] = [
      { type: 'text', text: `[bank.example](${url})` },
      { type: 'source-url', sourceId: 's', url, title: 'bank.example' },
    ];
    const chat = await chatWithLinks('', parts);
    for (const link of links(chat)) {
      expect(click(chat, link)).to.equal(false);
      expect(dialog(chat)!.textContent).to.contain('bank.example');
      dialog(chat)!.close();
      await shown(chat);
    }
  });

  it('that may not be followed is none', async () => {
    const parts: MessagePart[] = ['javascript:alert(1)', 'https://a:b@c.example/', 'data:text/html,x'].flatMap(
      (url) => [
        { type: 'source-url', sourceId: url, url } as const,
        { type: 'file', url, mediaType: 'text/plain', filename: 'x' } as const,
      ],
    );
    expect(links(await chatWithLinks('', parts))).to.deep.equal([]);
  });
});
