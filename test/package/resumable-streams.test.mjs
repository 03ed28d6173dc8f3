/** Answers that outlive their connection: in one process, and in two that share a Redis. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startDemoServer } from '../../demo/server/demo-server.js';
import { withEventIds } from '../../demo/server/streams/event-ids.js';
import { missing, startRedis, startServerProcess } from '../redis.mjs';
import { until } from '../support/until.mjs';

const DIALECTS = ['generic', 'sse', 'openai', 'anthropic', 'ai-sdk'];
const TIMEOUT = { timeout: 60_000 };
const EVERYTHING = 'think, table, code, image, tool';

/** @param {string} base @param {string} dialect @param {string} id */
function ask(base, dialect, id, question = EVERYTHING, { pace = 2, signal } = {}) {
  const body = JSON.stringify({ id, messages: [{ role: 'user', parts: [{ type: 'text', text: question }] }] });
  return fetch(`${base}/api/chat/${dialect}?pace=${pace}`, { method: 'POST', body, signal });
}

/** @param {string} base @param {string} dialect @param {string} id @param {string} [lastEventId] */
function resume(base, dialect, id, lastEventId) {
  const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
  return fetch(`${base}/api/chat/${dialect}/${id}/stream`, { headers });
}

/** Reads some of the answer, and then loses the connection. */
async function readAndDrop(base, dialect, id, question, least) {
  const client = new AbortController();
  const response = await ask(base, dialect, id, question, { signal: client.signal });
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < least) text += decoder.decode((await reader.read()).value, { stream: true });
  client.abort();
  return text;
}

const stats = async (base) => (await fetch(`${base}/api/stats`)).json();

/** @type {[string, string | false, () => Promise<{urls: [string, string], stop(): Promise<unknown>}>][]} */
const SETTINGS = [
  [
    'one process, in memory',
    false,
    async () => {
      const server = await startDemoServer({ env: {} });
      return { urls: [server.url, server.url], stop: () => server.close() };
    },
  ],
  [
    'two processes, on Redis',
    missing('redis-server'),
    async () => {
      const redis = await startRedis();
      const servers = await Promise.all([startServerProcess(redis.url), startServerProcess(redis.url)]);
      const stop = async () => {
        await Promise.all(servers.map((server) => server.stop()));
        await redis.stop();
      };
      return { urls: [servers[0].url, servers[1].url], stop };
    },
  ],
];

for (const [name, skip, start] of SETTINGS) {
  describe(name, { skip }, () => {
    let one = '';
    let other = '';
    let stop = async () => {};
    before(async () => {
      const started = await start();
      [one, other] = started.urls;
      stop = started.stop;
    });
    after(() => stop());

    for (const dialect of DIALECTS) {
      it(
        `${dialect}: what is resumed elsewhere is, byte for byte, what an undisturbed reader gets`,
        TIMEOUT,
        async () => {
          const id = randomUUID();
          const had = await readAndDrop(one, dialect, id, EVERYTHING, 2000);
          const whole = resume(one, dialect, id).then((response) => response.text());
          const again = resume(other, dialect, id).then((response) => response.text());
          const events = had.slice(0, had.lastIndexOf('\n\n') + 2);
          const lastEventId = events
            .match(/^id: (.*)$/gm)
            .at(-1)
            .slice('id: '.length);
          const response = await resume(other, dialect, id, lastEventId);
          assert.equal(response.status, 200);
          assert.match(response.headers.get('content-type'), /^text\/event-stream/);
          const rest = await response.text();
          const undisturbed = await whole;
          assert.ok(undisturbed.length > had.length + 1000, 'the connection was lost in the middle');
          assert.ok(undisturbed.startsWith(had));
          assert.equal(await again, undisturbed);
          assert.equal(events + rest, undisturbed);
          assert.equal((await resume(other, dialect, id)).status, 204, 'it has been read to its end');
        },
      );
    }

    it('a lost connection does not stop the writing, and its end waits for who has missed it', TIMEOUT, async () => {
      const id = randomUUID();
      const { finished } = await stats(one);
      const had = await readAndDrop(one, 'openai', id, 'code', 500);
      await until(
        () => stats(one),
        (now) => now.finished === finished + 1 && now.open === 0,
      );
      const whole = await (await resume(other, 'openai', id)).text();
      assert.ok(whole.startsWith(had));
      assert.match(whole, /data: \[DONE\]\n\n$/);
      const lastEventId = had
        .match(/^id: (.*)$/gm)
        .at(-1)
        .slice('id: '.length);
      assert.ok(
        whole.endsWith(await (await resume(other, 'openai', id, lastEventId)).text()),
        'the rest can be had again',
      );
      assert.equal((await resume(other, 'openai', id)).status, 204);
    });

    it('of an answer that is cut off within an event there is nothing more to be had', TIMEOUT, async () => {
      const id = randomUUID();
      const sent = await (await ask(one, 'generic', id, 'truncate', { pace: 0 })).text();
      assert.ok(!sent.endsWith('\n'));
      const lastEventId = sent
        .match(/^id: (.*)$/gm)
        .at(-1)
        .slice('id: '.length);
      assert.equal((await resume(other, 'generic', id, lastEventId)).status, 204);
      assert.equal((await resume(other, 'generic', id)).status, 204);
    });

    it('a Stop elsewhere stops the writing, and ends what anybody reads of it', TIMEOUT, async () => {
      const id = randomUUID();
      const { stoppedEarly } = await stats(one);
      const response = await ask(one, 'anthropic', id, 'stall', { pace: 0 });
      const followed = await resume(other, 'anthropic', id);
      const stopped = await fetch(`${other}/api/chat/anthropic/${id}/stream`, { method: 'DELETE' });
      assert.equal(stopped.status, 204);
      await until(
        () => stats(one),
        (now) => now.stoppedEarly === stoppedEarly + 1 && now.open === 0,
      );
      for (const text of [await response.text(), await followed.text()]) assert.doesNotMatch(text, /message_stop/);
      assert.equal((await resume(other, 'anthropic', id)).status, 204);
    });

    it(
      'the next question ends an answer that nobody has stopped, and is what is resumed from then on',
      TIMEOUT,
      async () => {
        const id = randomUUID();
        const { stoppedEarly } = await stats(one);
        await readAndDrop(one, 'generic', id, 'stall', 20);
        const whole = (await ask(other, 'generic', id, 'hello')).text();
        await until(
          () => stats(one),
          (now) => now.stoppedEarly >= stoppedEarly + 1,
        );
        const again = await resume(one, 'generic', id, 'from-another.17');
        assert.equal(again.status === 204 ? await whole : await again.text(), await whole);
        assert.match(await whole, /Hello/);
      },
    );

    it('there is nothing to resume in a conversation that nobody knows, and an id is no path', TIMEOUT, async () => {
      assert.equal((await resume(other, 'generic', randomUUID())).status, 204);
      assert.equal((await resume(other, 'generic', '%E0%A4%A')).status, 400);
      assert.equal((await resume(other, 'generic', 'x'.repeat(201))).status, 400);
      const id = 'a b/../c?d';
      const sent = await (await ask(one, 'generic', id, 'hello', { pace: 0 })).text();
      const lastEventId = sent.match(/^id: (.*)$/m)[1];
      const rest = await (await resume(other, 'generic', encodeURIComponent(id), lastEventId)).text();
      assert.ok(sent.endsWith(rest) && rest.length > 0);
    });

    it(
      'without an id nobody can come back: a lost connection stops the writing, and no event has an id',
      TIMEOUT,
      async () => {
        const { stoppedEarly } = await stats(one);
        const had = await readAndDrop(one, 'generic', undefined, 'stall', 20);
        await until(
          () => stats(one),
          (now) => now.stoppedEarly === stoppedEarly + 1,
        );
        assert.doesNotMatch(had, /^id:/m);
      },
    );
  });
}

describe('a process that dies', { skip: missing('redis-server') }, () => {
  it('takes its unfinished answer along; the others say so soon, and go on', TIMEOUT, async (t) => {
    const redis = await startRedis();
    t.after(() => redis.stop());
    const [mortal, survivor] = await Promise.all([startServerProcess(redis.url), startServerProcess(redis.url)]);
    t.after(() => survivor.stop());
    const id = randomUUID();
    const response = await ask(mortal.url, 'generic', id, 'stall', { pace: 0 });
    const reader = response.body.getReader();
    await reader.read();
    await mortal.kill();
    await assert.rejects(async () => {
      while (!(await reader.read()).done);
    });
    assert.equal((await resume(survivor.url, 'generic', id)).status, 204);
    const text = await (await ask(survivor.url, 'generic', id, 'hello', { pace: 0 })).text();
    assert.match(text, /event: done/);
  });

  it('Redis itself: answers still come, only none outlives its connection', TIMEOUT, async (t) => {
    const redis = await startRedis();
    const server = await startServerProcess(redis.url);
    t.after(() => server.stop());
    const begun = await ask(server.url, 'generic', randomUUID(), 'hello', { pace: 20 });
    await redis.stop();
    assert.match(await begun.text(), /event: done/);
    const text = await (await ask(server.url, 'generic', randomUUID(), 'hello', { pace: 0 })).text();
    assert.match(text, /event: done/);
    assert.equal((await resume(server.url, 'generic', randomUUID())).status, 204);
  });
});

describe('ids of events', () => {
  const read = async (chunks, place) => new Response(withEventIds(ReadableStream.from(chunks), place)).text();
  const STREAM = 'data: 1\n\n: comment\n\nevent: x\r\ndata: 2\r\n\r\ndata: 3\r\rdata: cut';

  it('are the same however the answer is cut, and say where it goes on', async () => {
    const whole = await read([STREAM], { tag: 't', offset: 0 });
    assert.equal(whole.match(/^id: t\.\d+$/gm).length, 3);
    for (let size = 1; size < STREAM.length; size += 1) {
      const chunks = STREAM.match(new RegExp(`[^]{1,${size}}`, 'g'));
      assert.equal(await read(chunks, { tag: 't', offset: 0 }), whole, `in pieces of ${size}`);
    }
    for (const [line, offset] of whole.matchAll(/^id: t\.(\d+)\n/gm)) {
      const rest = await read([STREAM.slice(Number(offset))], { tag: 't', offset: Number(offset) });
      assert.ok(whole.endsWith(rest), line);
    }
  });

  it('cost no more than what there is to read, also of one large event in small pieces', async () => {
    const begun = performance.now();
    await read(
      Array.from({ length: 20_000 }, () => 'x'.repeat(100)),
      { tag: 't', offset: 0 },
    );
    assert.ok(performance.now() - begun < 10_000);
  });
});
