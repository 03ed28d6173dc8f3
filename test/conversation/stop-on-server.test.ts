import { expect } from '@open-wc/testing';
import { ChatSession, type AiRequestEvent, type AiWarningEvent, type ChatSessionOptions } from '../../src/core.js';
import { ScriptedResponse, scriptedFetch, settle, type SentRequest } from '../support/scripted-fetch.js';
import { until } from '../support/until.mjs';

const stopped = () => new Response(null, { status: 204 });

interface Case {
  session: ChatSession;
  sent: SentRequest[];
  warnings: string[];
  answer: Promise<unknown>;
}

/** A session with an answer under way, whose server answers a DELETE with this. */
async function streaming(reply: Response | Error, options: ChatSessionOptions = {}): Promise<Case> {
  const script = new ScriptedResponse();
  const fetch = scriptedFetch(script, reply);
  const session = new ChatSession({ endpoint: '/chat?x=1', id: 'a/b', resumable: true, fetch, ...options });
  const warnings: string[] = [];
  session.addEventListener('ai-warning', (event) => warnings.push((event as AiWarningEvent).code));
  const answer = session.send('Hi');
  script.send({ text: 'Hel' });
  await settle();
  await settle();
  return { session, sent: fetch.sent, warnings, answer };
}

const methods = ({ sent }: Case) => sent.map(({ method }) => method);

describe('an answer that outlives its connection', () => {
  it('is stopped at the server by Stop, with the headers that every request has', async () => {
    const one = await streaming(stopped(), { headers: { authorization: 'Bearer t' } });
    one.session.stop();
    await one.answer;
    await until(() => one.sent.length === 2);
    await settle();
    expect(methods(one)).to.deep.equal(['POST', 'DELETE']);
    expect(one.sent[0]!.signal.aborted).to.equal(true);
    expect(one.sent[1]!.url).to.equal('/chat/a%2Fb/stream?x=1');
    expect(one.sent[1]!.headers.get('authorization')).to.equal('Bearer t');
    expect([one.session.status, one.warnings]).to.deep.equal(['ready', []]);
  });

  it('is stopped there by clear(), and goes on where only the connection is let go', async () => {
    const cleared = await streaming(stopped());
    cleared.session.clear();
    await until(() => cleared.sent.length === 2);
    expect(methods(cleared)).to.deep.equal(['POST', 'DELETE']);
    for (const leave of [
      (session: ChatSession) => session.letGo(),
      (session: ChatSession) => (session.messages = []),
    ]) {
      const left = await streaming(stopped());
      leave(left.session);
      await settle();
      expect(methods(left)).to.deep.equal(['POST']);
      expect(left.sent[0]!.signal.aborted).to.equal(true);
    }
  });

  it('a server that refuses, or is away, is told of to whoever builds the page, not to the reader', async () => {
    for (const reply of [new Response('', { status: 405 }), new TypeError('x')]) {
      const one = await streaming(reply);
      one.session.stop();
      await until(() => one.warnings.length > 0);
      expect([one.session.status, one.session.error, one.warnings]).to.deep.equal(['ready', undefined, ['stop']]);
    }
    const gone = await streaming(new Response('', { status: 404 }));
    gone.session.stop();
    await until(() => gone.sent.length === 2);
    await settle();
    expect(gone.warnings).to.deep.equal([]);
  });

  it('nothing is asked of the server where there is nothing to stop, or the host prevents it', async () => {
    const plain = await streaming(stopped(), { resumable: false });
    plain.session.stop();
    const idle = await streaming(stopped());
    idle.session.letGo();
    idle.session.stop();
    const prevented = await streaming(stopped());
    prevented.session.addEventListener('ai-request', (event) => {
      if ((event as AiRequestEvent).request.method === 'DELETE') event.preventDefault();
    });
    prevented.session.stop();
    const given = new ChatSession({ endpoint: '/chat', resumable: true, fetch: scriptedFetch(stopped()) });
    const script = new ScriptedResponse();
    void given.consume(script.response);
    given.stop();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([plain, idle, prevented].map(methods)).to.deep.equal([['POST'], ['POST'], ['POST']]);
    expect((given.fetch as typeof fetch & { sent: SentRequest[] }).sent).to.deep.equal([]);
  });
});
