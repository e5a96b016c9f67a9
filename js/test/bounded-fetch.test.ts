import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { boundedFetch, type Fetch, parseJsonObject } from "../src/bounded-fetch.ts";
import { codeOf, refusalOf } from "./support/refusal.ts";
import { serve } from "./support/server.ts";

const name = "The endpoint";
const never = new Promise<never>(() => {});

test("an answer comes with status, headers and text, whatever its status", async (t) => {
  const origin = await serve(t, (request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      response.writeHead(400, { "x-test": "本人".length, "content-type": "application/json" });
      response.end(
        JSON.stringify([request.method, request.headers.accept, request.headers["content-type"], body]),
      );
    });
  });
  const answer = await boundedFetch({
    url: `${origin}/token`,
    name,
    method: "POST",
    body: new URLSearchParams({ a: "ä" }),
  });
  assert.equal(answer.status, 400);
  assert.equal(answer.headers.get("x-test"), "2");
  assert.deepEqual(JSON.parse(answer.text), [
    "POST",
    "application/json",
    "application/x-www-form-urlencoded;charset=UTF-8",
    "a=%C3%A4",
  ]);
});

test("an empty answer is an empty text", async (t) => {
  const origin = await serve(t, (_, response) => response.writeHead(204).end());
  assert.deepEqual((await boundedFetch({ url: origin, name })).text, "");
});

test("the request's own headers win", async (t) => {
  const origin = await serve(t, (request, response) => response.end(request.headers.accept));
  assert.equal((await boundedFetch({ url: origin, name, headers: { accept: "a/b" } })).text, "a/b");
});

for (const status of [301, 302, 303, 307, 308, 304]) {
  test(`a redirect (${status}) is refused and not followed`, async (t) => {
    let followed = false;
    const origin = await serve(t, (request, response) => {
      followed ||= request.url === "/elsewhere";
      response.writeHead(status, { location: "/elsewhere" }).end();
    });
    const { code, message } = await refusalOf(() => boundedFetch({ url: origin, name }));
    assert.equal(code, "response-malformed");
    assert.match(message, /redirect/);
    assert.equal(followed, false);
  });
}

test("a browser's opaque redirect is refused", async () => {
  const opaque = { type: "opaqueredirect", status: 0, headers: new Headers(), body: null } as Response;
  assert.equal(
    await codeOf(() => boundedFetch({ url: "https://a.example", name }, { fetch: async () => opaque })),
    "response-malformed",
  );
});

test("fetch is asked not to follow redirects in the one way that every runtime has", async () => {
  const fetch: Fetch = async (_, init) => Response.json(init.redirect);
  assert.equal((await boundedFetch({ url: "https://a.example", name }, { fetch })).text, '"manual"');
});

test("fetch is called as a plain function", async () => {
  async function fetch(this: unknown) {
    return Response.json(this === undefined);
  }
  assert.equal((await boundedFetch({ url: "https://a.example", name }, { fetch })).text, "true");
});

test("an announced length beyond the limit is refused unread", async (t) => {
  const origin = await serve(t, (_, response) => {
    response.writeHead(200, { "content-length": 11 });
    response.write("a");
  });
  assert.equal(
    await codeOf(() => boundedFetch({ url: origin, name }, { maxBytes: 10 })),
    "response-too-large",
  );
});

for (const options of [
  { maxBytes: Number.NaN },
  { maxBytes: -1 },
  { maxBytes: "all" },
  { timeout: Number.NaN },
  { timeout: 0 },
  { timeout: Number.POSITIVE_INFINITY },
]) {
  const [[bound, value] = []] = Object.entries(options);
  test(`a bound that is none is refused before anything is sent: ${bound} ${value}`, async () => {
    const fetch = () => assert.fail("nothing was to be sent");
    const refusal = await refusalOf(() =>
      boundedFetch({ url: "https://op.example/", name }, { ...(options as object), fetch }),
    );
    assert.equal(refusal.code, "options-invalid");
    assert.match(refusal.message, new RegExp(`^${bound} `));
  });
}

test("the limit is counted while streaming, and the connection let go", async (t) => {
  let closed: () => void;
  const closing = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const origin = await serve(t, (_, response) => {
    const pour = () => {
      while (response.write("x".repeat(65_536)));
    };
    response.on("drain", pour).on("close", () => closed());
    pour();
  });
  const { code, message } = await refusalOf(() => boundedFetch({ url: origin, name }, { maxBytes: 100_000 }));
  assert.equal(code, "response-too-large");
  assert.match(message, /100000 bytes/);
  await closing;
});

test("the limit counts what is unpacked", async (t) => {
  const origin = await serve(t, (_, response) =>
    response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("x".repeat(1_000_000))),
  );
  assert.equal(await codeOf(() => boundedFetch({ url: origin, name })), "response-too-large");
});

test("exactly the limit is accepted, in pieces that cut characters", async (t) => {
  const bytes = Buffer.from("本人".repeat(10));
  const origin = await serve(t, (_, response) => {
    for (const byte of bytes) response.write(Uint8Array.of(byte));
    response.end();
  });
  const { text } = await boundedFetch({ url: origin, name }, { maxBytes: bytes.length });
  assert.equal(text, bytes.toString());
});

test("what is not UTF-8 is refused", async (t) => {
  const origin = await serve(t, (_, response) => response.end(Buffer.from([0x7b, 0xff, 0x7d])));
  assert.equal(await codeOf(() => boundedFetch({ url: origin, name })), "response-malformed");
});

test("nobody listening, or a connection that breaks, is unreachable", async (t) => {
  const origin = await serve(t, (request, response) => {
    if (request.url === "/cut") response.writeHead(200, { "content-length": 10 }).write("half");
    setImmediate(() => response.destroy());
  });
  for (const path of ["/none", "/cut"]) {
    const { code, cause } = await refusalOf(() => boundedFetch({ url: origin + path, name }));
    assert.equal(code, "endpoint-unreachable");
    assert.ok(cause instanceof Error);
  }
});

test("an endpoint that does not answer ends in endpoint-timeout, even if fetch ignores its signal", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let signal: AbortSignal | null | undefined;
  const fetch: Fetch = (_, init) => {
    signal = init.signal;
    return never;
  };
  const code = codeOf(() => boundedFetch({ url: "https://a.example", name }, { fetch, timeout: 3 }));
  t.mock.timers.tick(2999);
  assert.equal(signal?.aborted, false);
  t.mock.timers.tick(1);
  assert.equal(await code, "endpoint-timeout");
  assert.equal(signal?.aborted, true);
});

test("an endpoint that answers and then stalls ends in endpoint-timeout", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const fetch: Fetch = async () => new Response(new ReadableStream({ pull: () => never }));
  const code = codeOf(() => boundedFetch({ url: "https://a.example", name }, { fetch }));
  await new Promise((resolve) => setImmediate(resolve));
  t.mock.timers.tick(5000);
  assert.equal(await code, "endpoint-timeout");
});

test("a fetch that heeds its signal ends in endpoint-timeout, too", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const fetch: Fetch = (_, { signal }) =>
    new Promise((_, reject) =>
      signal?.addEventListener("abort", () => reject(new DOMException("x", "AbortError"))),
    );
  const code = codeOf(() => boundedFetch({ url: "https://a.example", name }, { fetch }));
  t.mock.timers.tick(5000);
  assert.equal(await code, "endpoint-timeout");
});

/** A body that goes on for as long as somebody reads it. `reads` counts how often it was asked for more. */
function endless() {
  const seen = { reads: 0, cancelled: 0 };
  let cancel: () => void;
  const cancelling = new Promise<void>((resolve) => {
    cancel = resolve;
  });
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        seen.reads += 1;
        if (seen.reads === 3) return never;
        controller.enqueue(Uint8Array.of(0x20));
        return undefined;
      },
      cancel() {
        seen.cancelled += 1;
        cancel();
      },
    },
    { highWaterMark: 0 },
  );
  return { seen, body, cancelling };
}

test("a body that is under way when the time is over is cancelled, even if fetch ignores its signal", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, body } = endless();
  const code = codeOf(() =>
    boundedFetch({ url: "https://a.example", name }, { fetch: async () => new Response(body) }),
  );
  while (seen.reads < 3) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(seen.cancelled, 0);
  t.mock.timers.tick(5000);
  assert.equal(await code, "endpoint-timeout");
  assert.deepEqual(seen, { reads: 3, cancelled: 1 });
});

test("an answer that comes after the time is over is not read at all", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { seen, body, cancelling } = endless();
  let answer: (response: Response) => void = () => {};
  const fetch: Fetch = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  const code = codeOf(() => boundedFetch({ url: "https://a.example", name }, { fetch }));
  t.mock.timers.tick(5000);
  assert.equal(await code, "endpoint-timeout");
  answer(new Response(body));
  await cancelling;
  assert.deepEqual(seen, { reads: 0, cancelled: 1 });
});

test("a timer is not left behind", async (t) => {
  const origin = await serve(t, (_, response) => response.end("{}"));
  let open = 0;
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  t.mock.method(globalThis, "setTimeout", (...args: Parameters<typeof start>) => {
    open++;
    return start(...args);
  });
  t.mock.method(globalThis, "clearTimeout", (timer: Parameters<typeof stop>[0]) => {
    open--;
    return stop(timer);
  });
  await boundedFetch({ url: origin, name });
  assert.equal(open, 0);
});

test("JSON objects are read, anything else is refused and not repeated", async () => {
  assert.deepEqual(parseJsonObject('{"a":1}', name), { a: 1 });
  for (const text of [
    "",
    "[]",
    "null",
    '"secret"',
    "1",
    "{secret",
    "{} {}",
    "<html>secret",
    `${"[".repeat(100_000)}`,
  ]) {
    const { code, message, cause } = await refusalOf(() => parseJsonObject(text, name));
    assert.equal(code, "response-malformed");
    assert.ok(!message.includes("secret"));
    assert.equal(cause, undefined);
  }
});
