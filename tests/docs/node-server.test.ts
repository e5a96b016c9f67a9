// The guide's server for Node runs as it stands there, and nobody who connects to it ends its process.
import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { root } from "../support/paths.ts";

/** Below the root, so that the program finds the package by its name. */
const folder = join(root, "target", "node-server");
const guides = ["docs/guide-login.md", "docs/guide-login.ja.md"] as const;

function serverOf(page: string): string {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm);
  const [server, another] = [...blocks]
    .map(([, code = ""]) => code)
    .filter((code) => /createServer\(/.test(code));
  assert.ok(server !== undefined && another === undefined, `${page} has one server`);
  return server;
}

let server: ChildProcess;
let port: number;

before(async () => {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const prelude = `
import { emulatorAt } from "honnin/launch";
import { memoryStore, relyingParty } from "honnin/relying-party";
const rp = relyingParty({
  environment: emulatorAt("http://127.0.0.1:9"),
  allowEmulator: true,
  clientId: "shop",
  clientKey: ${JSON.stringify(await exportJWK(privateKey))},
  redirectUri: "https://shop.example/auth/callback",
  cookieSecret: "a secret of no consequence, long enough",
  store: memoryStore(),
  handoff: true,
  onLogin: () => undefined,
});
const yourPages = async (_: Request) => new Response("the site's own page");
`;
  const ready = `.listen(0, "127.0.0.1", function (this: import("node:net").Server) {
  console.log((this.address() as import("node:net").AddressInfo).port);
})`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const compilerOptions = {
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: true, noEmit: true },
    ...{ module: "nodenext", target: "es2022", lib: ["es2022", "dom", "dom.iterable"], types: ["node"] },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(join(folder, "server.ts"), prelude + serverOf(guides[0]).replace(".listen(3000)", ready));
  server = spawn(process.execPath, ["--import", "tsx", join(folder, "server.ts")], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(server.stdout ?? assert.fail(), "data")) as [Buffer];
  port = Number(line.toString());
  assert.ok(port > 0);
});

after(() => server?.kill());

/** Sends bytes, and hangs up after the answer, or at once. */
function send(text: string, { hangUp = false } = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
    socket.write(text, "latin1", () => {
      if (hangUp) socket.destroy();
    });
  });
}

const request = (line: string, headers = "", body = "") =>
  `${line} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n${headers}\r\n${body}`;

test("the server is the same in both languages but for its comments", () => {
  const [english, japanese] = guides.map((page) => serverOf(page).replace(/ *\/\/ .*$/gm, ""));
  assert.equal(english, japanese);
});

test("it compiles", () => {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8" });
  assert.equal(status, 0, stdout);
});

test("it serves the site's pages and the handler's, with each cookie in a header of its own", async () => {
  assert.match(await send(request("GET /")), /the site's own page/);
  const login = await send(request("GET /auth/login"));
  assert.match(login, /^HTTP\/1\.1 303 /);
  assert.match(login, /\r\nset-cookie: __Host-honnin-login-/i);
});

test("no request ends it, whatever it is and whenever its sender goes", async () => {
  const json = "Origin: https://shop.example\r\nContent-Type: application/json\r\n";
  for (const [text, hangUp] of [
    [request("TRACE /"), false],
    [request("TRACE /auth/login"), false],
    [request("CONNECT shop.example:443"), false],
    [request("OPTIONS *"), false],
    [request("GET http://user:password@evil.example/auth/login"), false],
    [request("GET /auth/login", "X: \xff\xfe\r\n"), false],
    [request("GET /\xff"), false],
    [request("POST /auth/handoff", `${json}Content-Length: 100\r\n`, "{"), true],
    [request("POST /auth/logout", "Origin: https://shop.example\r\nContent-Length: 100\r\n", "x"), true],
    [request("POST /auth/handoff", `${json}Transfer-Encoding: chunked\r\n`, "zz\r\n"), false],
    [request("GET /auth/login"), true],
    ["\r\n\r\n\0", true],
  ] as const) {
    await send(text, { hangUp });
    assert.match(await send(request("GET /")), /the site's own page/, text.slice(0, 60));
  }
  assert.equal(server.exitCode, null);
});

test("events arrive as they happen, and a client that goes away takes its stream with it", async () => {
  const origin = `http://127.0.0.1:${port}`;
  const headers = { origin: "https://shop.example", "content-type": "application/json" };
  const created = await fetch(`${origin}/auth/handoff`, { method: "POST", headers, body: "{}" });
  assert.equal(created.status, 201);
  const [cookie = ""] = created.headers.getSetCookie();
  const gone = new AbortController();
  const events = await fetch(`${origin}/auth/handoff/events`, {
    headers: { cookie: cookie.slice(0, cookie.indexOf(";")) },
    signal: gone.signal,
  });
  const reader = events.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  assert.match(new TextDecoder().decode(value), /data: \{"state":"waiting"/);
  gone.abort();
  assert.match(await send(request("GET /")), /the site's own page/);
});
