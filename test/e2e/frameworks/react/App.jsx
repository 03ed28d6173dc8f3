import 'ai-stream-elements';
import { ChatSession } from 'ai-stream-elements/core';
import { useEffect, useRef, useState } from 'react';
import { Assistant } from 'demo:react.tsx';
import { Snippets } from 'readme:react.tsx';

const HEADERS = { 'x-given': 'yes' };
const session = new ChatSession({ endpoint: '/api/chat', headers: HEADERS });
const logPart = (event) => console.log(event.part);

export function App({ given }) {
  const [state, setState] = useState(given);
  useEffect(() => {
    globalThis.app = { set: (change) => setState((before) => ({ ...before, ...change })) };
  }, []);
  return <View {...state} />;
}

function View({ view, text, isStreaming, ids, nothing, off }) {
  switch (view) {
    case 'demo':
      return <Assistant token="secret" />;
    case 'readme':
      return <Snippets text={text} isStreaming={isStreaming} plugins={[]} headers={HEADERS} onPart={logPart} />;
    case 'thread':
      return <Thread />;
    case 'list':
      return ids.map((id) => <ai-stream-chat key={id} id={id} chat-id={id} endpoint="/api/chat" />);
    case 'session':
      return (
        <ai-stream-chat session={session} endpoint={nothing} headers={nothing} method={nothing} chat-id={nothing} />
      );
    case 'page':
      return <Page off={off} text={text} />;
    default:
      return <p>elsewhere</p>;
  }
}

/** The thread is kept here, where nobody may change it, and given back at each part of the answer. */
function Thread() {
  const [messages, setMessages] = useState([]);
  const keep = (event) => setMessages(deepFrozen(event.currentTarget.messages));
  return (
    <ai-stream-chat
      endpoint="/api/chat"
      messages={messages}
      tools={{ double: ({ of }) => of * 2 }}
      strings={{ send: 'Go' }}
      onai-part={keep}
      onai-message={keep}
      onai-status={keep}
    >
      <b slot="header">{messages.length}</b>
    </ai-stream-chat>
  );
}

/** What React leaves out where it takes over a page from a server is set as the README has it. */
function Page({ off, text }) {
  const chat = useRef(null);
  useEffect(() => {
    const { current } = chat;
    current.headers = HEADERS;
    current.addEventListener('ai-part', logPart);
    return () => current.removeEventListener('ai-part', logPart);
  }, []);
  return (
    <main>
      <ai-markdown id="light">{'# Title\n\n*there*'}</ai-markdown>
      <ai-markdown id="value" value={text} streaming={off} line-numbers={off} />
      <ai-stream-chat ref={chat} endpoint="/api/chat" chat-id="c" persist={off} disabled={off}>
        <b slot="header">{text}</b>
      </ai-stream-chat>
      <ai-artifact-panel open={off} />
    </main>
  );
}

function deepFrozen(value) {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
