import { expect } from '@open-wc/testing';
import { readParts } from '../../src/core.js';
import { collectUntilError, eventStream, encode, inPieces } from '../support/bytes.js';
import { gistOf, readMessage } from '../support/read-message.js';

const respond = (body: string, type: string | null, status = 200, headers: Record<string, string> = {}) =>
  new Response(inPieces(encode(body), 3), {
    status,
    headers: { ...(type === null ? {} : { 'content-type': type }), ...headers },
  });

interface Case {
  title: string;
  response: () => Response;
  code: string;
  message: RegExp;
  remedy?: RegExp;
}

const HTML = '<!doctype html><title>502</title><script>window.ran = true</script>';

const CASES: Case[] = [
  {
    title: 'an HTML page with status 200',
    response: () => respond(HTML, 'text/html; charset=utf-8'),
    code: 'content-type',
    message: /HTML page/,
    remedy: /address/,
  },
  {
    title: 'an HTML page that claims to be text',
    response: () => respond(HTML, 'text/plain'),
    code: 'content-type',
    message: /HTML page/,
  },
  {
    title: 'an HTML page without a type',
    response: () => respond(HTML, null),
    code: 'content-type',
    message: /HTML page/,
  },
  {
    title: 'a JSON document',
    response: () => respond('{"a":1}', 'application/json'),
    code: 'content-type',
    message: /application\/json/,
    remedy: /stream/,
  },
  {
    title: 'a JSON error with status 200',
    response: () => respond('{"error":{"message":"No credit"}}', 'application/json'),
    code: 'http',
    message: /No credit/,
  },
  {
    title: 'a binary stream',
    response: () => respond('x', 'application/vnd.amazon.eventstream'),
    code: 'content-type',
    message: /amazon/,
    remedy: /Binary/,
  },
  {
    title: '401',
    response: () => respond('{"error":{"message":"Bad key"}}', 'application/json', 401),
    code: 'http',
    message: /401: Bad key/,
    remedy: /headers/,
  },
  {
    title: '404 with HTML',
    response: () => respond(HTML, 'text/html', 404),
    code: 'http',
    message: /404/,
    remedy: /endpoint/,
  },
  {
    title: '500 with JSON',
    response: () => respond('{"detail":"Boom"}', 'application/json', 500),
    code: 'http',
    message: /500: Boom/,
  },
  {
    title: '500 with an event',
    response: () => respond('event: error\ndata: {"error":{"message":"Boom"}}\n\n', 'text/event-stream', 500),
    code: 'http',
    message: /500: Boom/,
  },
  {
    title: '401 in the words of OAuth',
    response: () => respond('{"error":"invalid_token","error_description":"It has expired."}', 'application/json', 401),
    code: 'http',
    message: /401: It has expired\./,
  },
  {
    title: '403 in the words of AWS',
    response: () => respond('{"Message":"Not authorized"}', 'application/json', 403),
    code: 'http',
    message: /403: Not authorized/,
  },
  {
    title: 'an event stream that is called a page, as PHP does',
    response: () => respond('data: {"text":"x"}\n\n', 'text/html; charset=UTF-8'),
    code: 'content-type',
    message: /an event stream that it calls “text\/html”/,
    remedy: /Send `Content-Type: text\/event-stream`/,
  },
  {
    title: 'an event stream that is called JSON',
    response: () => respond(': hi\n\ndata: {"text":"x"}\n\n', 'application/json'),
    code: 'content-type',
    message: /an event stream/,
    remedy: /event-stream/,
  },
  {
    title: 'lines of JSON that are called one document',
    response: () => respond('{"text":"x"}\n{"text":"y"}\n', 'application/json'),
    code: 'content-type',
    message: /lines of JSON that it calls “application\/json”/,
    remedy: /ndjson/,
  },
  {
    title: 'an answer that came whole, which is no error',
    response: () => respond('{"message":"Hello"}', 'application/json'),
    code: 'content-type',
    message: /with “application\/json”/,
    remedy: /all at once/,
  },
  {
    title: 'a failure that its server calls a success',
    response: () => respond('{"success":false,"message":"No credit"}', 'application/json'),
    code: 'http',
    message: /an error: No credit/,
  },
  {
    title: 'a JSON document with a line feed behind it',
    response: () => respond('{"a":1}\n', 'application/json'),
    code: 'content-type',
    message: /with “application\/json”/,
    remedy: /all at once/,
  },
  {
    title: '204',
    response: () => new Response(null, { status: 204 }),
    code: 'content-type',
    message: /without a body/,
  },
];

describe('a wrong backend is named', () => {
  for (const { title, response, code, message, remedy } of CASES) {
    it(title, async () => {
      const { error, parts } = await readMessage(response());
      expect(parts).to.deep.equal([]);
      expect(error).to.include({ name: 'StreamError', code });
      expect(error.message).to.match(message);
      if (remedy) expect(error.remedy).to.match(remedy);
    });
  }

  it('gives when to come back', async () => {
    const { error } = await readMessage(respond('{}', 'application/json', 429, { 'retry-after': '7' }));
    expect(error).to.include({ status: 429, retryAfter: 7000 });
  });

  it('says it in a sentence, however much the server says', async () => {
    const said = `Traceback${'😀'.repeat(20_000)}`;
    const refused = await readMessage(respond(JSON.stringify({ detail: said }), 'application/json', 500));
    const reported = await readMessage(eventStream(`data: ${JSON.stringify({ error: said })}\n\n`));
    for (const { error } of [refused, reported]) {
      expect(error.message).to.match(/Traceback(😀)+…$/u);
      expect(error.message).to.have.lengthOf.below(600);
      expect(error.message.isWellFormed()).to.equal(true);
    }
  });

  it('does not wait for the end of a stream that is called something else', async () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(encode('data: x\n\n')) });
    const { error } = await readMessage(new Response(body, { headers: { 'content-type': 'text/html' } }));
    expect(error.message).to.contain('event stream');
  });

  it('keeps at most 2 KB of what came instead', async () => {
    const { error } = await readMessage(respond(HTML + 'x'.repeat(100_000), 'text/html', 500));
    expect(error.body).to.have.lengthOf(2048);
  });

  it('names the protocols that there are where one is asked for that is not', async () => {
    const { error } = await collectUntilError(readParts(eventStream(''), { protocol: 'opneai' }));
    expect(error).to.include({ code: 'protocol' });
    expect((error as any).remedy).to.contain('openai');
  });
});

describe('a body that is called an event stream and is none', () => {
  const BODIES: [string, string, string][] = [
    ['a page', '<!doctype html>\n<html><body>Sign in</body></html>', 'HTML page'],
    ['plain text', 'Hello world.\nHow are you?\n', 'no event'],
    ['lines without empty ones between them', 'data: {"text":"a"}\ndata: {"text":"b"}\n', 'no event'],
    ['named lines without empty ones', 'event: a\r\ndata: {"b":1}\r\nevent: c\r\ndata: {"d":1}\r\n', 'no event'],
  ];
  for (const [title, body, said] of BODIES)
    for (const size of [3, 1000])
      it(`${title}, in pieces of ${size}`, async () => {
        const { error } = await readMessage(eventStream(inPieces(encode(body), size)));
        expect(error).to.have.property('code', 'content-type');
        expect(error.message).to.contain(said);
        expect(error.body).to.equal(body);
      });

  for (const body of [
    'data: {"text":"a"}\ndata: {"text":"b"}\ndata: [DONE]\n',
    'data: {"text":"a"}\\n\\ndata: [DONE]\\n\\n',
  ])
    it(`${JSON.stringify(body)} is one whose events have no end`, async () => {
      const { error } = await readMessage(eventStream(inPieces(encode(body), 3)));
      expect(error).to.include({ code: 'content-type', body });
      expect(error.remedy).to.contain('and an empty one');
    });

  for (const body of ['', ': ping\n\n: ping\n\n', 'data: {"text":"H', 'data: {"text":\ndata: "H"', 'id: 1\n\n'])
    it(`${JSON.stringify(body)} is one that was cut off`, async () => {
      const { error } = await readMessage(eventStream(inPieces(encode(body), 3)));
      expect(error).to.have.property('code', 'truncated');
    });
});

describe('values of JSON that are called an event stream', () => {
  const values = [
    { event: 'add_message', data: { sender: 'User', text: 'Hi', id: '1' } },
    { event: 'token', data: { chunk: 'Hel', id: '2' } },
    { event: 'token', data: { chunk: 'lo é', id: '2' } },
    { event: 'end', data: { result: { outputs: [] } } },
  ];
  const BODIES: [string, string][] = [
    [
      'a line each, and an empty one, as Langflow sends them',
      values.map((one) => `${JSON.stringify(one)}\n\n`).join(''),
    ],
    ['behind a mark, in lines', `\uFEFF\r\n${values.map((one) => JSON.stringify(one)).join('\r\n')}`],
    ['side by side, over several lines', values.map((one) => JSON.stringify(one, null, 2)).join('')],
  ];
  for (const [title, body] of BODIES)
    for (const size of [1, 7, 1000])
      it(`are read: ${title}, in pieces of ${size}`, async () => {
        const { message, error } = await readMessage(eventStream(inPieces(encode(body), size)));
        expect([error, gistOf(message).text]).to.deep.equal([undefined, 'Hello é']);
      });

  for (const size of [1, 7, 1000])
    it(`may be one that greets, before events with names, in pieces of ${size}`, async () => {
      const events = 'event: message\r\ndata: {"text":"Hel"}\r\n\r\nid: 2\r\ndata: {"text":"lo é"}\r\n\r\n';
      const body = `{"status":"ok"}\r\n\r\n${events}event: done\r\ndata: {}\r\n\r\n`;
      const { message, error } = await readMessage(eventStream(inPieces(encode(body), size)));
      expect([error, gistOf(message).text]).to.deep.equal([undefined, 'Hello é']);
    });

  it('are read as they come', async () => {
    const { readable, writable } = new TransformStream<Uint8Array>();
    const parts = readParts(eventStream(readable));
    const writer = writable.getWriter();
    void writer.write(encode(`${JSON.stringify(values[1])}\n`));
    expect((await parts.next()).value).to.have.property('type', 'text-start');
    void writer.close();
    await collectUntilError(parts);
  });

  it('report an error, and are bounded as lines are', async () => {
    const broken = await readMessage(eventStream('{"error":{"message":"It broke"}}\n'));
    expect(broken.error).to.include({ code: 'protocol', message: 'It broke' });
    const long = await readMessage(eventStream(`{"text":"a"}\n{"text":"${'x'.repeat(2000)}"}\n`), {
      maxEventSize: 1000,
    });
    expect([long.error.code, gistOf(long.message).text]).to.deep.equal(['limit', 'a']);
  });
});

describe('events that are framed twice', () => {
  const framedAgain = (event: string) =>
    `${event
      .split('\n')
      .map((line) => `data: ${line}`)
      .join('\r\n')}\r\n\r\n`;
  const bodies: Record<string, string[]> = {
    generic: ['data: {"text":"Hel"}\n\n', 'data: {"text":"lo"}\n\n', 'data: [DONE]\n\n'],
    named: ['event: message\ndata: {"text":"Hello"}\n\n', 'event: done\ndata: {}\n\n'],
    gemini: ['data: {"candidates":[{"content":{"parts":[{"text":"Hello"}]},"finishReason":"STOP"}]}\n\n'],
  };
  for (const [title, events] of Object.entries(bodies))
    it(`are read as what they are: ${title}`, async () => {
      const { message, error } = await readMessage(eventStream(events.map(framedAgain).join('')));
      expect([error, gistOf(message).text]).to.deep.equal([undefined, 'Hello']);
    });

  it('are text where they are that', async () => {
    const { message } = await readMessage(eventStream('data: data: {x\n\ndata: data:\n\ndata: [DONE]\n\n'));
    expect(gistOf(message).text).to.equal('data: {xdata:');
    const plain = await readMessage(respond('data: {"a":1}', 'text/plain'), { protocol: 'text' });
    expect(gistOf(plain.message).text).to.equal('data: {"a":1}');
  });

  it('are text before words, and alone, where no dialect knows what stands in them', async () => {
    for (const events of [
      'data: data: {"a":1}\n\ndata: is JSON\n\n',
      'data: data: {"a":1}is JSON\n\n',
      'data: data: {"a":1}\n\n',
    ]) {
      const { message, error } = await readMessage(eventStream(`${events}data: [DONE]\n\n`));
      expect([error, `${gistOf(message).text}`.replace('is JSON', '')]).to.deep.equal([undefined, 'data: {"a":1}']);
    }
  });

  it('are read as what they are behind one that nobody knows', async () => {
    const events = ['{"conversation":1}', '{"text":"Hello"}', '{"count":1}', '[DONE]'];
    const { message, error } = await readMessage(eventStream(events.map((one) => `data: data: ${one}\n\n`).join('')));
    expect([error, gistOf(message).text]).to.deep.equal([undefined, 'Hello']);
  });

  it('are text behind words, too: a model may write about events', async () => {
    const lines = ['Look:', 'data: {"a":1}', 'data: [DONE]', 'event: x\ndata: {"b":2}', 'data: {"text":"c"}'];
    const events = lines.map((line) => `${line.replace(/^/gm, 'data: ')}\n\n`);
    const { message, error } = await readMessage(eventStream(`${events.join('')}data: [DONE]\n\n`));
    expect([error, gistOf(message).text]).to.deep.equal([undefined, lines.join('')]);
  });
});

describe('a server that fails in mid-stream', () => {
  const begun = 'data: {"text":"Hello"}\n\n';
  const failures: [string, string][] = [
    ['an object as it stands', '{"error":{"message":"It broke","code":500}}'],
    ['one over several lines', '{\n  "error": {\n    "message": "It broke"\n  }\n}\r\n'],
    ['one with empty lines around it', '\n\n{"statusCode":500,"message":"It broke"}\n\n'],
    ['what its framework says', 'data: {"statusCode":500,"message":"It broke","error":"Internal Server Error"}\n\n'],
    ['a problem', 'data: {"type":"about:blank","title":"It broke","status":503}\n\n'],
    ['detail', 'data: {"status":500,"detail":"It broke"}\n\n'],
  ];
  for (const [title, failure] of failures)
    for (const before of [begun, ''])
      for (const size of [1, 7, 1000])
        it(`with ${title}${before && ', after words'}, in pieces of ${size}, is heard`, async () => {
          const { message, error } = await readMessage(eventStream(inPieces(encode(before + failure), size)));
          expect(error).to.have.property('code', 'protocol');
          expect(error.message).to.match(/It broke|Internal Server Error/);
          expect(gistOf(message).text).to.equal(before && 'Hello');
        });

  it('is told from what a tool gave, a step or a log says of HTTP', async () => {
    const beside = [
      'data: {"type":"tool_result","status":404,"message":"No such page"}\n\n',
      'data: {"event":"request","statusCode":500,"message":"Tried again"}\n\n',
      'event: tool\ndata: {"status":404,"message":"No such page"}\n\n',
      'data: {"level":"warn","status":503,"message":"GET /"}\n\n',
      'data: {"title":"A page","url":"https://a.test/","status":404}\n\n',
    ];
    for (const event of beside) {
      const { message, error } = await readMessage(eventStream(`${begun}${event}${begun}data: [DONE]\n\n`));
      expect([error, gistOf(message).text]).to.deep.equal([undefined, 'HelloHello']);
    }
  });

  it('is not heard once the answer is complete, and no other object is taken for a failure', async () => {
    const after = await readMessage(eventStream(`${begun}data: [DONE]\n\n{"error":"late"}`));
    expect([after.error, gistOf(after.message).text]).to.deep.equal([undefined, 'Hello']);
    const other = await readMessage(eventStream(`${begun}{"text":"raw"}`));
    expect([other.error.code, gistOf(other.message).text]).to.deep.equal(['truncated', 'Hello']);
  });
});

describe('a body that is no text', () => {
  const sse = 'data: {"text":"x"}\n\n';
  const BODIES: [string, number[]][] = [
    ['Amazon’s event stream', [0, 0, 0, 112, 0, 0, 0, 75, 1, 2, 3, 4, 11, 58, 101, 118, 101, 110, 116]],
    ['a compressed one', [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 75, 73]],
    ['text of two bytes a letter', [0xff, 0xfe, ...[...sse].flatMap((letter) => [letter.charCodeAt(0), 0])]],
    ['the same without a mark', [...sse].flatMap((letter) => [0, letter.charCodeAt(0)])],
  ];
  for (const [title, bytes] of BODIES) {
    for (const type of ['application/octet-stream', 'text/plain', 'application/x-ndjson', 'text/event-stream']) {
      it(`is shown to nobody, and named: ${title}, as ${type}`, async () => {
        const body = inPieces(Uint8Array.from(bytes), 5);
        const { parts, error } = await readMessage(new Response(body, { headers: { 'content-type': type } }));
        expect(parts).to.deep.equal([]);
        expect(error).to.have.property('code', 'content-type');
        expect(error.remedy).to.match(/Binary streams.*Content-Encoding/);
      });
    }
  }
});

describe('a backend that only forgot the content type', () => {
  for (const type of [null, 'text/plain', 'application/octet-stream']) {
    it(`reads an event stream that is called ${type ?? 'nothing'}`, async () => {
      const { message, error } = await readMessage(respond('data: {"text":"x"}\n\ndata: [DONE]\n\n', type));
      expect(error).to.equal(undefined);
      expect(gistOf(message).text).to.equal('x');
    });

    it(`reads plain text that is called ${type ?? 'nothing'}`, async () => {
      const { message, error } = await readMessage(respond('data is a word, <b> too: 世界', type));
      expect(error).to.equal(undefined);
      expect(gistOf(message).text).to.equal('data is a word, <b> too: 世界');
    });
  }
});
