// Who may change the settings, where a reverse proxy stands on the same machine and makes others look like it.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { createServer, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { after, test } from "node:test";
import { decodeJwt, SignJWT } from "jose";
import type { Emulator } from "../src/index.js";
import { standsAlone } from "../src/operator.js";
import { Browser, emulator, newClient, redirectUri } from "./support.js";

const shop = newClient();
const behind = await emulator({ publicOrigin: "https://op.example", clients: [shop], mode: "test-card" });
const alone = await emulator();
const token = `Bearer ${behind.controlToken}`;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** With a `Host` that fetch would not let one set. */
function send(
  port: number,
  path: string,
  { method = "GET", headers = {}, body }: Sent = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    request.on("error", reject).end(body);
  });
}

/** A reverse proxy on this machine. It puts the emulator's address into `Host`, and adds what it is told: by itself nothing. */
async function proxy(port: number, added: Record<string, string> = {}): Promise<number> {
  const server = createServer((request, response) => {
    const headers = { ...request.headers, host: `127.0.0.1:${port}`, ...added };
    const { method, url: path } = request;
    request.pipe(
      httpRequest({ host: "127.0.0.1", port, method, path, headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => void server.close());
  return (server.address() as { port: number }).port;
}

const json = { "content-type": "application/json" };
const form = { "content-type": "application/x-www-form-urlencoded", origin: "https://op.example" };
const evil = newClient("evilShop");
const evilClient = {
  clientId: evil.clientId,
  name: evil.name,
  redirectUris: evil.redirectUris,
  jwks: evil.jwks,
};

/** Everything that shows or changes settings, as a program or as the home page sends it. */
const actions: [path: string, sent: Sent][] = [
  ["/emulator/people", {}],
  ["/emulator/misbehaviours", {}],
  ["/emulator/signing-misbehaviours", {}],
  ["/emulator/requests", {}],
  ["/emulator/clients", { method: "POST", headers: json, body: JSON.stringify(evilClient) }],
  ["/emulator/mode", { method: "PUT", headers: json, body: '{"mode":"app"}' }],
  ["/emulator/faults", { method: "PUT", headers: json, body: '{"endpoint":"jwks","fault":"fail"}' }],
  ["/emulator/rotate-keys", { method: "POST", headers: json, body: '{"keepOld":false}' }],
  ["/clients", { method: "POST", headers: form, body: "clientId=x" }],
  ["/mode", { method: "POST", headers: form, body: "mode=app" }],
  ["/faults", { method: "POST", headers: form, body: "jwks=fail" }],
  ["/rotate-keys", { method: "POST", headers: form, body: "" }],
];

/** What the actions would change. */
async function settings(op: Emulator): Promise<unknown> {
  const { text: keys } = await send(op.port, "/api/realms/honnin-emulator/protocol/openid-connect/certs");
  const auth = "/api/realms/honnin-emulator/protocol/openid-connect/auth?client_id=evilShop";
  const { text } = await send(op.port, auth);
  return { keys: JSON.parse(keys), evil: text.includes("invalid_client") };
}

const withHeaders = (sent: Sent, headers: Record<string, string>): Sent => ({
  ...sent,
  headers: { ...sent.headers, ...headers },
});

test("a proxy that hides itself wholly: without the secret nothing is shown or changed", async () => {
  const port = await proxy(behind.port);
  const before = await settings(behind);
  for (const [path, sent] of actions) {
    for (const authorization of [
      undefined,
      "Bearer ",
      "Bearer x",
      `${token}x`,
      `Basic ${behind.controlToken}`,
    ]) {
      const { status, text } = await send(
        port,
        path,
        authorization === undefined ? sent : withHeaders(sent, { authorization }),
      );
      const api = path.startsWith("/emulator/");
      assert.equal(status, api ? 401 : 403, path);
      assert.match(text, api ? /"error":"control-token-missing"/ : /data-error="link-missing"/);
    }
  }
  assert.deepEqual(await settings(behind), before);
  const home = await send(port, "/", { headers: { "accept-language": "en" } });
  assert.equal(home.status, 200);
  assert.match(home.text, /data-access="secret-missing"/);
  assert.doesNotMatch(home.text, /<form/);
});

test("this machine with the secret", async () => {
  const { status, text } = await send(behind.port, "/emulator/people", { headers: { authorization: token } });
  assert.equal(status, 200);
  assert.match(text, /"people":/);
  const mode = { method: "PUT", headers: { ...json, authorization: token }, body: '{"mode":"test-card"}' };
  assert.equal((await send(behind.port, "/emulator/mode", mode)).status, 200);
  assert.equal((await send(behind.port, "/emulator/people")).status, 401);
  const crossSite = { headers: { authorization: token, origin: "https://evil.example" } };
  assert.equal((await send(behind.port, "/emulator/people", crossSite)).status, 403);
});

for (const [name, value] of [
  ["Via", "1.1 proxy"],
  ["Forwarded", "for=203.0.113.5"],
  ["X-Forwarded-For", "203.0.113.5"],
  ["X-Forwarded-Proto", "https"],
  ["X-Forwarded-Host", "op.example"],
  ["X-Forwarded-Server", "proxy"],
  ["X-Real-IP", "203.0.113.5"],
  ["X-Client-IP", "203.0.113.5"],
  ["X-Original-Host", "op.example"],
  ["True-Client-IP", "203.0.113.5"],
  ["CF-Connecting-IP", "203.0.113.5"],
  ["CF-Ray", "0-NRT"],
  ["CDN-Loop", "cloudflare"],
  ["Fly-Client-IP", "203.0.113.5"],
  ["Tailscale-User-Login", "a@op.example"],
] as const) {
  test(`a proxy that adds ${name}: not even with the secret, nor where none is asked for`, async () => {
    for (const op of [behind, alone]) {
      const port = await proxy(op.port, { [name]: value });
      for (const [path, sent] of actions) {
        const { status } = await send(port, path, withHeaders(sent, { authorization: token }));
        assert.equal(status, 403, path);
      }
      const home = await send(port, "/");
      assert.match(home.text, /data-access="elsewhere"/);
      const link = new URL(op.newControlLink());
      assert.equal((await send(port, link.pathname)).status, 404);
      assert.equal((await send(op.port, link.pathname)).status, 303);
    }
  });
}

test("a proxy that passes the host's name on is refused, and so is one that speaks HTTP/1.0", async () => {
  const headers = { host: "op.example", authorization: token };
  assert.equal((await send(behind.port, "/emulator/people", { headers })).status, 403);
  const answer = await new Promise<string>((resolve, reject) => {
    let text = "";
    const socket = connect(alone.port, "127.0.0.1", () =>
      socket.write(`GET /emulator/people HTTP/1.0\r\nHost: 127.0.0.1:${alone.port}\r\n\r\n`),
    );
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    socket.on("error", reject).on("end", () => resolve(text));
  });
  assert.match(answer, /^HTTP\/1\.1 403 /);
});

test("the link lets one browser in, once", async () => {
  const link = new URL(behind.newControlLink());
  assert.equal(link.host, `127.0.0.1:${behind.port}`);
  assert.equal((await send(behind.port, link.pathname, { method: "HEAD" })).status, 405);
  const opened = await send(behind.port, link.pathname);
  assert.deepEqual([opened.status, opened.headers.location], [303, "/"]);
  const [set = ""] = opened.headers["set-cookie"] ?? [];
  assert.match(set, /^emulator_operator=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  assert.ok(!set.includes(behind.controlToken ?? ""));
  const again = await send(behind.port, link.pathname);
  assert.equal(again.status, 404);
  assert.match(again.text, /data-error="link-spent"/);
  assert.equal(again.headers["set-cookie"], undefined);

  const cookie = set.split(";")[0] ?? "";
  const home = await send(behind.port, "/", { headers: { cookie } });
  assert.match(home.text, /action="\/mode"/);
  const mode = (headers: Record<string, string>) =>
    send(behind.port, "/mode", { method: "POST", headers: { ...form, ...headers }, body: "mode=test-card" });
  assert.equal((await mode({ cookie, origin: link.origin })).status, 303);
  assert.equal((await mode({ cookie, origin: "https://evil.example" })).status, 403);
  assert.equal((await mode({ cookie: `${cookie}x`, origin: link.origin })).status, 403);
  assert.equal((await mode({ origin: link.origin })).status, 403);
});

test("links that nobody opens are not kept without end", async () => {
  const [oldest, ...rest] = Array.from({ length: 11 }, () => new URL(behind.newControlLink()).pathname);
  assert.equal((await send(behind.port, oldest ?? "")).status, 404);
  for (const path of rest) assert.equal((await send(behind.port, path)).status, 303);
});

test("the secret is asked for where something may stand in front", async () => {
  for (const [origin, address, port, expected] of [
    ["http://127.0.0.1:8080", "127.0.0.1", 8080, true],
    ["http://localhost:8080", "127.0.0.1", 8080, true],
    ["http://localhost:8080", "::1", 8080, true],
    ["http://[::1]:8080", "::1", 8080, true],
    ["http://localhost", "127.0.0.1", 80, true],
    ["http://localhost:9090", "127.0.0.1", 8080, false],
    ["http://localhost", "127.0.0.1", 8080, false],
    ["https://localhost:8080", "127.0.0.1", 8080, false],
    ["https://op.example", "127.0.0.1", 8080, false],
    ["http://192.168.1.5:8080", "127.0.0.1", 8080, false],
    ["http://127.evil.example:8080", "127.0.0.1", 8080, false],
    ["http://192.168.1.5:8080", "192.168.1.5", 8080, false],
    ["http://127.0.0.1:8080", "0.0.0.0", 8080, false],
    ["http://127.0.0.1:8080", "::", 8080, false],
  ] as const) {
    assert.equal(
      standsAlone({ origin, address, port, scheme: "http" }),
      expected,
      `${origin} at ${address}:${port}`,
    );
  }
  assert.equal(alone.controlToken, undefined);
  assert.equal((await send(alone.port, "/emulator/people")).status, 200);
  const everywhere = await emulator({ host: "0.0.0.0" });
  assert.equal((await send(everywhere.port, "/emulator/people")).status, 401);
  const headers = { authorization: `Bearer ${everywhere.controlToken}` };
  assert.equal((await send(everywhere.port, "/emulator/people", { headers })).status, 200);
  assert.equal(new URL(everywhere.newControlLink()).origin, `http://127.0.0.1:${everywhere.port}`);
});

test("a login through the proxy: the OP's address is its issuer's, whatever the proxy makes of the host or says of it", async () => {
  const lies = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http" };
  const protocol = `${new URL(behind.issuer).pathname}/protocol/openid-connect`;
  for (const port of [await proxy(behind.port), await proxy(behind.port, lies)]) {
    const discovery = await send(port, `${new URL(behind.issuer).pathname}/.well-known/openid-configuration`);
    const endpoints = Object.entries<string>(JSON.parse(discovery.text)).filter(([name]) =>
      /_endpoint$|^jwks_uri$/.test(name),
    );
    assert.ok(endpoints.length >= 4);
    for (const [name, value] of endpoints) assert.ok(value.startsWith(`${behind.issuer}/`), name);

    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      response_type: "code",
      client_id: shop.clientId,
      redirect_uri: redirectUri,
      scope: "openid",
      state: "state",
      nonce: "nonce",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    const browser = new Browser(`http://127.0.0.1:${port}`);
    const page = await browser.get(`${protocol}/auth?${query}`);
    assert.match(page.url.pathname, /\/test-card$/);
    const resumed = await browser.post(page.url.pathname, { response: "normal", person: "ordinary" });
    assert.equal(resumed.url.origin, "https://op.example");
    const { url: callback } = await browser.get(resumed.url.pathname);
    assert.equal(callback.origin + callback.pathname, redirectUri);

    const assertion = await new SignJWT()
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .setIssuer(shop.clientId)
      .setSubject(shop.clientId)
      .setAudience(`https://op.example${protocol}/token`)
      .setJti(randomBytes(16).toString("hex"))
      .setExpirationTime("1m")
      .sign(shop.privateKey);
    const body = new URLSearchParams({
      grant_type: "authorization_code",
      code: callback.searchParams.get("code") ?? "",
      redirect_uri: redirectUri,
      code_verifier: verifier,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const tokens = await send(port, `${protocol}/token`, { method: "POST", headers, body });
    assert.equal(tokens.status, 200, tokens.text);
    assert.equal(decodeJwt(JSON.parse(tokens.text).id_token).iss, behind.issuer);
  }
});
