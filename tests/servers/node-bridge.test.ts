// What becomes of a request and a response between Node's servers and a handler.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { test } from "node:test";
import express from "express";
import { type NodeOptions, sendResponse, toNodeHandler, toRequest } from "honnin/relying-party/node";
import { fetchHttp2, startHttp2 } from "./frameworks.ts";

const origin = "https://shop.example";
const paths = {
  login: "/auth/login",
  callback: "/auth/callback",
  logout: "/auth/logout",
  handoff: "/auth/handoff",
};

/** Serves what `answer` returns, without `next`, while `use` runs. */
async function serving<Result>(
  answer: (request: Request) => Response | Promise<Response>,
  use: (at: string, port: number) => Promise<Result>,
  options: Partial<NodeOptions> = {},
): Promise<Result> {
  const fetch = async (request: Request) => answer(request);
  return running(createServer(toNodeHandler({ fetch, paths }, { origin, ...options })), use);
}

async function running<Result>(
  server: Server,
  use: (at: string, port: number) => Promise<Result>,
): Promise<Result> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}`, port);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let settle: ((value: T) => void) | undefined;
  const promise = new Promise<T>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
}

/** Sends bytes, and returns everything that comes back until the server closes. */
async function raw(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const pieces: Buffer[] = [];
  socket.on("data", (piece) => pieces.push(piece));
  socket.write(text);
  await once(socket, "close", { signal: AbortSignal.timeout(10_000) });
  return Buffer.concat(pieces).toString();
}

const get = (target: string, ...headers: string[]) =>
  [`GET ${target} HTTP/1.1`, "host: 10.0.0.7:3000", "connection: close", ...headers, "", ""].join("\r\n");

test("the URL has the site's origin and the path that the client sent, whatever host it names", async () => {
  const seen: string[] = [];
  await serving(
    ({ url }) => {
      seen.push(url);
      return new Response();
    },
    async (_, port) => {
      for (const target of [
        "/auth/callback?code=a%2Fb&state=x",
        "//evil.example/auth/login",
        "http://evil.example/auth/login?x=1",
        "/a/../auth/login",
      ])
        await raw(port, get(target, "x-forwarded-host: evil.example", "x-forwarded-proto: http"));
      assert.match(await raw(port, get("*").replace("GET", "OPTIONS")), /^HTTP\/1\.1 400 /);
      assert.match(await raw(port, get("ftp://evil.example/auth/login")), /^HTTP\/1\.1 400 /);
      assert.match(await raw(port, get("/").replace("GET", "TRACE")), /^HTTP\/1\.1 400 /);
    },
  );
  assert.deepEqual(seen, [
    `${origin}/auth/callback?code=a%2Fb&state=x`,
    `${origin}//evil.example/auth/login`,
    `${origin}/auth/login?x=1`,
    `${origin}/auth/login`,
  ]);
});

test("repeated headers are not dropped, and cookies stay apart", async () => {
  await serving(
    ({ headers }) => Response.json([headers.get("origin"), headers.get("cookie"), headers.get("host")]),
    async (_, port) => {
      const text = await raw(
        port,
        get("/", "origin: https://a.example", "Origin: https://b.example", "cookie: a=1", "Cookie: b=2"),
      );
      assert.match(text, /\["https:\/\/a\.example, https:\/\/b\.example","a=1; b=2","10\.0\.0\.7:3000"\]/);
    },
  );
});

test("the address of the connection replaces what the client claims, if a header is named for it", async () => {
  const answer = ({ headers }: Request) => Response.json(headers.get("x-address"));
  const send = (at: string) => fetch(at, { headers: { "X-Address": "1.2.3.4" } }).then((got) => got.json());
  assert.equal(await serving(answer, send), "1.2.3.4");
  assert.equal(await serving(answer, send, { addressHeader: "x-address" }), "127.0.0.1");
});

test("every Set-Cookie is sent, beside those that are there already", async () => {
  const server = createServer((incoming, outgoing) => {
    outgoing.setHeader("set-cookie", "framework=1");
    const headers = new Headers({ "x-one": "1", connection: "close", "transfer-encoding": "identity" });
    for (const line of ["a=1; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT", "b=2"])
      headers.append("set-cookie", line);
    toNodeHandler({ fetch: async () => new Response("text", { headers, status: 201 }), paths }, { origin })(
      incoming,
      outgoing,
    );
  });
  await running(server, async (at) => {
    const response = await fetch(at);
    assert.equal(response.status, 201);
    assert.deepEqual(response.headers.getSetCookie(), [
      "framework=1",
      "a=1; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT",
      "b=2",
    ]);
    assert.equal(response.headers.get("x-one"), "1");
    assert.equal(response.headers.get("connection"), "keep-alive");
    assert.equal(await response.text(), "text");
  });
});

test("HEAD gets the headers and no body, and the body ends", async () => {
  let isCancelled = false;
  const body = new ReadableStream({
    cancel() {
      isCancelled = true;
    },
  });
  await serving(
    ({ method }) => new Response(body, { headers: { "x-method": method } }),
    async (at) => {
      const response = await fetch(at, { method: "HEAD" });
      assert.equal(response.headers.get("x-method"), "HEAD");
      assert.equal(await response.text(), "");
    },
  );
  assert.equal(isCancelled, true);
});

/** Round trips on other connections: long enough for what moves to be seen moving. */
async function meanwhile(at: string): Promise<void> {
  for (let count = 0; count < 50; count += 1) await (await fetch(`${at}/meanwhile`)).text();
}

test("a body is read as far as the handler reads it", async () => {
  const size = 32 * 1_024 * 1_024;
  const started = deferred<void>();
  const enough = deferred<void>();
  const sockets: Socket[] = [];
  const fetchIt = async ({ url, body }: Request) => {
    if (url.endsWith("/meanwhile")) return new Response();
    const reader = body?.getReader() ?? assert.fail();
    assert.ok(((await reader.read()).value?.byteLength ?? 0) > 0);
    started.resolve();
    await enough.promise;
    return new Response("enough");
  };
  const server = createServer(toNodeHandler({ fetch: fetchIt, paths }, { origin, maxBodyBytes: size }));
  server.on("connection", (socket) => sockets.push(socket));
  await running(server, async (at, port) => {
    const socket = connect(port, "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${size}\r\n\r\n`);
    socket.write(Buffer.alloc(size));
    await started.promise;
    await meanwhile(at);
    assert.ok((sockets[0]?.bytesRead ?? size) < size / 16, `${sockets[0]?.bytesRead} bytes`);
    enough.resolve();
    const [answer] = (await once(socket, "data")) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 200 /);
    socket.destroy();
  });
});

test("a body of any length reaches a handler that reads it, unchanged", async () => {
  await serving(
    async (request) => new Response(await request.arrayBuffer()),
    async (at) => {
      for (const length of [0, 1, 65_537, 1_048_576]) {
        const body = Buffer.alloc(length, "honnin");
        const response = await fetch(at, { method: "POST", body });
        assert.equal(response.status, 200);
        assert.ok(Buffer.from(await response.arrayBuffer()).equals(body));
      }
    },
  );
});

test("a body over the limit is 413, whether its length is stated or not", async () => {
  let calls = 0;
  await serving(
    async (request) => {
      calls += 1;
      await request.text().catch(() => {});
      return new Response("read");
    },
    async (at, port) => {
      assert.equal((await fetch(at, { method: "POST", body: "x".repeat(10) })).status, 200);
      const stated = await fetch(at, { method: "POST", body: "x".repeat(11) });
      assert.equal(stated.status, 413);
      assert.equal(stated.headers.get("connection"), "close");
      assert.equal(calls, 1);
      const head = "POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
      assert.match(await raw(port, `${head}b\r\n${"x".repeat(11)}\r\n0\r\n\r\n`), /^HTTP\/1\.1 413 /);
      assert.equal(calls, 2);
    },
    { maxBodyBytes: 10 },
  );
});

test("a parser of bodies before the handler: a logout works, a body that is needed is an error, and nothing hangs", async () => {
  const problems: string[] = [];
  const fetchIt = async (request: Request) => {
    if (new URL(request.url).pathname === paths.logout) return new Response("bye");
    return request.text().then(
      () => new Response("read"),
      (error: Error) => {
        problems.push(error.message);
        return new Response("no body", { status: 500 });
      },
    );
  };
  const app = express().use(express.urlencoded(), toNodeHandler({ fetch: fetchIt, paths }, { origin }));
  await running(createServer(app), async (at) => {
    const post = (path: string) =>
      fetch(at + path, { method: "POST", body: new URLSearchParams({ a: "1" }) });
    assert.equal(await (await post("/auth/logout")).text(), "bye");
    assert.equal((await post("/auth/handoff")).status, 500);
    assert.match(problems[0] ?? "", /before parsers of bodies/);
    assert.equal((await post("/other")).status, 404);
  });
});

test("with next, only the routes are answered", async () => {
  const answered: string[] = [];
  const handler = toNodeHandler(
    {
      async fetch({ url }) {
        answered.push(new URL(url).pathname);
        return new Response();
      },
      paths,
    },
    { origin },
  );
  const app = express()
    .use("/auth", handler)
    .use((_, response) => void response.send("next"));
  await running(createServer(app), async (at) => {
    for (const path of ["/auth/login?x", "/auth/handoff", "/auth/handoff/s/x"]) await fetch(at + path);
    for (const path of ["/", "/auth", "/auth/login/", "/auth/handoffs", "/login", "//auth/login"])
      assert.equal(await (await fetch(at + path)).text(), "next", path);
  });
  assert.deepEqual(answered, ["/auth/login", "/auth/handoff", "/auth/handoff/s/x"]);
});

test("a response is sent as fast as it is read, and ends when the client goes away", async () => {
  let made = 0;
  const ended = deferred<string>();
  let signal: AbortSignal | undefined;
  await serving(
    (request) => {
      if (request.url.endsWith("/meanwhile")) return new Response();
      signal = request.signal;
      const body = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            made += 65_536;
            controller.enqueue(new Uint8Array(65_536));
          },
          cancel: () => ended.resolve("cancelled"),
        },
        { highWaterMark: 0 },
      );
      return new Response(body);
    },
    async (at, port) => {
      const socket: Socket = connect(port, "127.0.0.1");
      socket.write(get("/"));
      await once(socket, "readable");
      // Nobody reads: once the buffers are full, nothing more is made.
      await meanwhile(at);
      assert.ok(made < 64 * 1_024 * 1_024, `${made} bytes`);
      assert.equal(signal?.aborted, false);
      socket.destroy();
      assert.equal(await ended.promise, "cancelled");
      assert.equal(signal?.aborted, true);
    },
  );
});

test("a client that goes away before the response aborts the request; one that got it all does not", async () => {
  const signals: AbortSignal[] = [];
  await serving(
    async ({ signal, url }) => {
      signals.push(signal);
      if (new URL(url).pathname === "/slow") await once(signal, "abort");
      return new Response("done");
    },
    async (at) => {
      assert.equal(await (await fetch(at)).text(), "done");
      const leaving = new AbortController();
      const slow = fetch(`${at}/slow`, { signal: leaving.signal });
      while (signals.length < 2) await new Promise((resolve) => setImmediate(resolve));
      leaving.abort();
      await assert.rejects(slow);
      const second = signals[1] ?? assert.fail();
      if (!second.aborted) await once(second, "abort", { signal: AbortSignal.timeout(5_000) });
    },
  );
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [false, true],
  );
});

test("a body that fails cuts the connection, and a handler that fails is 500", async () => {
  await serving(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.enqueue(new TextEncoder().encode("part"));
            controller.error(new Error("broken"));
          },
        }),
      ),
    async (at) => {
      await assert.rejects(fetch(at).then((response) => response.text()));
    },
  );
  await serving(
    () => Promise.reject(new Error("secret")),
    async (at) => {
      const response = await fetch(at);
      assert.equal(response.status, 500);
      assert.equal(await response.text(), "");
    },
  );
});

test("no request ends the process, whatever it is and whenever its sender goes", async () => {
  const request = (line: string, headers = "", body = "") =>
    `${line} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n${headers}\r\n${body}`;
  const requests: readonly (readonly [text: string, hangsUp: boolean])[] = [
    [request("TRACE /auth/login"), false],
    [request("CONNECT shop.example:443"), false],
    [request("OPTIONS *"), false],
    [request("GET http://user:password@evil.example/auth/login"), false],
    [request("GET /auth/login", "X: \xff\xfe\r\n"), false],
    [request("GET /\xff"), false],
    [request("POST /auth/handoff", "Content-Length: 100\r\n", "{"), true],
    [request("POST /auth/handoff", "Transfer-Encoding: chunked\r\n", "zz\r\n"), false],
    [request("GET /auth/login"), true],
    ["\r\n\r\n\0", true],
  ];
  await serving(
    async (request) => new Response(await request.text()),
    async (at, port) => {
      for (const [text, hangsUp] of requests) {
        const socket = connect(port, "127.0.0.1");
        socket.on("error", () => {});
        socket.resume();
        socket.write(Buffer.from(text, "latin1"), () => hangsUp && socket.destroy());
        await once(socket, "close", { signal: AbortSignal.timeout(10_000) });
        assert.equal((await fetch(at)).status, 200, text.slice(0, 60));
      }
    },
  );
});

test("HTTP/2: pseudo-headers, cookies in pieces, bodies, and no headers of a connection", async () => {
  const server = await startHttp2(
    toNodeHandler(
      {
        paths,
        async fetch(request) {
          const { method, url, headers } = request;
          const names = [...headers.keys()].filter((name) => name.startsWith(":"));
          const answer = [
            method,
            url,
            headers.get("cookie"),
            headers.get("host"),
            names,
            await request.text(),
          ];
          const sent = new Headers({ connection: "keep-alive", "x-one": "1" });
          for (const line of ["a=1", "b=2"]) sent.append("set-cookie", line);
          return Response.json(answer, { headers: sent });
        },
      },
      { origin },
    ),
  );
  try {
    const answer = await fetchHttp2(
      server.port,
      { ":method": "POST", ":path": "/auth/handoff", ":authority": "shop.example", cookie: ["a=1", "b=2"] },
      "body",
    );
    assert.deepEqual(JSON.parse(answer.text), [
      ...["POST", `${origin}/auth/handoff`, "a=1; b=2", "shop.example", [], "body"],
    ]);
    assert.deepEqual(answer.headers["set-cookie"], ["a=1", "b=2"]);
    assert.equal(answer.headers["x-one"], "1");
  } finally {
    await server.close();
  }
});

test("toRequest reads nothing of a body that is not used, and sendResponse sends any response", async () => {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { url, method } = toRequest(incoming, { origin });
    const pieces = await incoming.toArray();
    await sendResponse(Response.json([url, method, Buffer.concat(pieces).toString()]), outgoing);
  };
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await running(server, async (at) => {
    const response = await fetch(`${at}/x`, { method: "POST", body: "for the framework" });
    assert.deepEqual(await response.json(), [`${origin}/x`, "POST", "for the framework"]);
  });
});

test("options are checked at the start", () => {
  const rp = { fetch: async () => new Response(), paths };
  for (const options of [
    undefined,
    null,
    {},
    { origin: "http://shop.example" },
    { origin: "https://shop.example/path" },
    { origin: "shop.example" },
    { origin, maxBodyBytes: -1 },
    { origin, maxBodyBytes: Number.NaN },
    { origin, addressHeader: "x y" },
    { origin, trustProxy: true },
  ])
    assert.throws(() => toNodeHandler(rp, options as NodeOptions), { code: "options-invalid" });
  for (const accepted of [{ origin: "http://localhost:3000" }, { origin: "https://shop.example/" }])
    assert.doesNotThrow(() => toNodeHandler(rp, accepted));
});
