// Each mistake of a newcomer against the real emulator, and what `diagnose` says of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import { emulatorAt, environments } from "honnin/launch";
import { memoryStore, type PrivateJwk, type RelyingPartyOptions } from "honnin/relying-party";
import { diagnose, type FindingCode } from "honnin/relying-party/diagnose";
import { keyPair } from "../support/key-pair.ts";
import { root } from "../support/paths.ts";

const origin = "http://localhost:3000";
let emulator: Emulator;
let keys: Awaited<ReturnType<typeof keyPair>>;

before(async () => {
  keys = await keyPair("ES256", "sig", "client-key");
  emulator = await startEmulator({ quiet: true });
  const redirectUris = [`${origin}/auth/callback`];
  emulator.addClient({ clientId: "myshop", name: "test", redirectUris, jwks: { keys: [keys.registered] } });
});
after(() => emulator?.close());

const options = (overrides: Partial<RelyingPartyOptions> = {}): RelyingPartyOptions => ({
  environment: emulatorAt(emulator.origin),
  allowEmulator: true,
  clientId: "myshop",
  clientKey: keys.own as PrivateJwk,
  redirectUri: `${origin}/auth/callback`,
  cookieSecret: "0123456789abcdefghijklmnopqrstuv",
  store: memoryStore(),
  timeout: 30,
  onLogin: () => undefined,
  ...overrides,
});

const allWell: readonly FindingCode[] = [
  ...(["options-valid", "redirect-uri-fits", "verifier-ready", "discovery-matches", "clock-right"] as const),
  ...(["keys-usable", "client-accepted", "store-works"] as const),
];

/** The codes that differ from those of a site without a mistake, with their levels and errors. */
async function wrongOf(overrides: Partial<RelyingPartyOptions>, at = origin) {
  const findings = await diagnose(options(overrides), { origin: at });
  for (const { message } of findings) assert.ok(!message.includes(String(keys.own.d)));
  return findings
    .filter(({ code }) => !allWell.includes(code))
    .map(({ code, level, error, message }) => [code, level, error ?? "", message]);
}

test("a site without a mistake passes every check, and no login was counted", async () => {
  const findings = await diagnose(options(), { origin });
  assert.deepEqual(
    findings.map(({ code, level }) => [code, level]),
    allWell.map((code) => [code, "ok"]),
  );
  const { store: _, ...without } = options();
  assert.equal((await diagnose(without)).length, allWell.length - 1);
});

test("options that are refused are named, and nothing else is tried", async () => {
  const before = emulator.requests.token;
  const [finding, ...more] = await diagnose(options({ cookieSecret: "short" }));
  assert.deepEqual(
    [finding?.code, finding?.level, finding?.error],
    ["options-refused", "error", "options-invalid"],
  );
  assert.match(finding?.message ?? "", /^cookieSecret must/);
  assert.deepEqual(more, []);
  assert.equal(emulator.requests.token, before);
});

test("the site is open under another host name than redirectUri", async () => {
  const [wrong] = await wrongOf({}, "http://127.0.0.1:3000");
  assert.deepEqual(wrong?.slice(0, 3), ["redirect-uri-elsewhere", "error", ""]);
});

test("another scheme or port is another place, and no origin is not compared", async () => {
  for (const at of ["https://localhost:3000", "http://localhost:3001"])
    assert.deepEqual((await wrongOf({}, at))[0]?.slice(0, 2), ["redirect-uri-elsewhere", "error"]);
  const without = await diagnose(options());
  assert.ok(without.some(({ code }) => code === "redirect-uri-fits"));
});

/** The emulator through a `fetch` that changes one response. */
const changing =
  (path: string, change: (response: Response) => Response | Promise<Response>): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    return String(input).endsWith(path) ? change(response) : response;
  };
const discovery = "/.well-known/openid-configuration";

test("an issuer without a discovery document, with one that is not JSON, and without a date", async () => {
  const gone = changing(discovery, ({ headers }) => new Response(null, { status: 404, headers }));
  assert.deepEqual(
    (await wrongOf({ fetch: gone })).map((one) => one.slice(0, 3)),
    [["discovery-missing", "warning", ""]],
  );
  const html = changing(discovery, ({ headers }) => new Response("<p>", { headers }));
  assert.deepEqual(
    (await wrongOf({ fetch: html })).map((one) => one.slice(0, 3)),
    [["discovery-differs", "error", "response-malformed"]],
  );
  const dateless = changing(discovery, async (response) => new Response(await response.text()));
  assert.deepEqual(
    (await wrongOf({ fetch: dateless })).map((one) => one.slice(0, 3)),
    [["clock-unknown", "warning", ""]],
  );
});

test("each request goes through fetch, with the limits of the options", async () => {
  const asked: string[] = [];
  const counting: typeof fetch = (input, init) => {
    asked.push(new URL(String(input)).pathname.split("/").at(-1) ?? "");
    return fetch(input, init);
  };
  await diagnose(options({ fetch: counting }));
  assert.deepEqual(asked.sort(), ["certs", "openid-configuration", "token"]);
  const wrong = await wrongOf({ maxBytes: 10 });
  assert.deepEqual(
    wrong.map(([code, , error]) => [code, error]),
    [
      ["service-unreachable", "response-too-large"],
      ["clock-unknown", ""],
      ["keys-unusable", "response-too-large"],
      ["client-unknown", "response-too-large"],
    ],
  );
});

test("an emulator that has another name for itself", async () => {
  const { port } = new URL(emulator.origin);
  const [wrong] = await wrongOf({
    environment: emulatorAt(`http://localhost:${port}`),
    clientAssertionAudience: "issuer",
  });
  assert.deepEqual(wrong?.slice(0, 2), ["discovery-differs", "error"]);
  assert.match(
    String(wrong?.[3]),
    /issuer, authorization_endpoint, token_endpoint, userinfo_endpoint, jwks_uri/,
  );
});

test("a key that is not registered, and a client that is not", async () => {
  const other = await keyPair("ES256", "sig", "client-key");
  for (const overrides of [{ clientKey: other.own as PrivateJwk }, { clientId: "another" }]) {
    const wrong = await wrongOf(overrides);
    assert.deepEqual(
      wrong.map((one) => one.slice(0, 3)),
      [["client-refused", "error", "token-request-refused"]],
    );
    assert.match(String(wrong[0]?.[3]), /invalid_client/);
  }
});

test("an audience that the service does not accept", async () => {
  const wrong = await wrongOf({ clientAssertionAudience: "issuer" });
  assert.deepEqual(
    wrong.map((one) => one.slice(0, 3)),
    [["client-refused", "error", "token-request-refused"]],
  );
});

test("a token endpoint that takes any code says nothing about the client", async () => {
  const tokens = { access_token: "a", token_type: "Bearer", id_token: "a.b.c" };
  const generous = changing("/token", () => Response.json(tokens));
  assert.deepEqual(
    (await wrongOf({ fetch: generous })).map((one) => one.slice(0, 3)),
    [["client-unknown", "warning", ""]],
  );
});

test("where WebAssembly is missing, the verifier is", () => {
  const program = `
    import { diagnose } from "honnin/relying-party/diagnose";
    await fetch("data:,"); // Node's own needs WebAssembly too, when it is loaded.
    WebAssembly.Module = class { constructor() { throw new Error("no WebAssembly"); } };
    WebAssembly.compile = () => Promise.reject(new Error("no WebAssembly"));
    const elsewhere = () => Promise.reject(new Error("no network"));
    const given = { ...JSON.parse(process.argv[1]), fetch: elsewhere, onLogin: () => undefined };
    const findings = await diagnose(given);
    console.log(JSON.stringify(findings.filter(({ code }) => code.startsWith("verifier"))));`;
  const { store: _, ...plain } = options();
  const args = ["--input-type=module", "--eval", program, JSON.stringify(plain)];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(root, "tests"),
    encoding: "utf8",
    timeout: 60_000,
  });
  const [finding, ...more] = JSON.parse(stdout || `[${JSON.stringify({ stderr })}]`) as object[];
  assert.deepEqual(more, []);
  assert.deepEqual(
    { ...finding, message: "" },
    { code: "verifier-missing", level: "error", message: "", error: "webassembly-unavailable" },
  );
});

test("a signer that fails", async () => {
  const sign = () => Promise.reject(new Error("AccessDenied"));
  const wrong = await wrongOf({ clientKey: { algorithm: "RS256", sign } });
  assert.deepEqual(
    wrong.map((one) => one.slice(0, 3)),
    [["client-refused", "error", "client-signer-failed"]],
  );
});

test("a clock that is wrong, and one that is a little wrong", async () => {
  const at = (seconds: number) => () => Date.now() / 1_000 + seconds;
  const [hour] = await wrongOf({ now: at(3_600) });
  assert.deepEqual(hour?.slice(0, 2), ["clock-wrong", "error"]);
  assert.match(String(hour?.[3]), /^This clock is 3(59|60)\d s ahead/);
  for (const seconds of [-20, -9, 9]) {
    const [little] = await wrongOf({ now: at(seconds) });
    assert.deepEqual(little?.slice(0, 2), ["clock-wrong", "warning"], String(seconds));
  }
  assert.deepEqual(await wrongOf({ now: at(2) }), []);
  const [minutes] = await wrongOf({ now: at(120) });
  assert.deepEqual(minutes?.slice(0, 2), ["clock-wrong", "error"]);
  const [tolerated] = await wrongOf({ now: at(120), clockTolerance: 300 });
  assert.deepEqual(tolerated?.slice(0, 2), ["clock-wrong", "warning"]);
});

test("keys that cannot be read, and a set without a key for the algorithm", async () => {
  emulator.setFault("jwks", "fail");
  const [failing] = await wrongOf({});
  emulator.setFault("jwks", "none");
  assert.deepEqual(failing?.slice(0, 3), ["keys-unusable", "error", "endpoint-unavailable"]);
  for (const overrides of [{ keys: { keys: [] } }, { idTokenAlgorithms: ["ES384"] as const }]) {
    const [none] = await wrongOf(overrides);
    assert.deepEqual(none?.slice(0, 3), ["keys-unusable", "error", ""]);
  }
});

test("keys for another use, algorithm or curve are not usable; a JWK Set may be text", async () => {
  const ec = { kty: "EC", crv: "P-256", x: "x", y: "y" };
  for (const key of [
    { ...ec, use: "enc" },
    { ...ec, alg: "ES384" },
    { ...ec, crv: "P-384" },
    { kty: "RSA", n: "n", e: "AQAB" },
  ]) {
    const [none] = await wrongOf({ keys: { keys: [key] } as never });
    assert.deepEqual(none?.slice(0, 2), ["keys-unusable", "error"], JSON.stringify(key));
  }
  assert.deepEqual(await wrongOf({ keys: JSON.stringify({ keys: [ec] }) }), []);
  const [text] = await wrongOf({ keys: JSON.stringify({ keys: [{ ...ec, use: "enc" }] }) });
  assert.deepEqual(text?.slice(0, 2), ["keys-unusable", "error"]);
});

test("a service that cannot be reached", async () => {
  const gone = await startEmulator({ quiet: true });
  await gone.close();
  const wrong = await wrongOf({ environment: emulatorAt(gone.origin) });
  assert.deepEqual(
    wrong.map((one) => one.slice(0, 3)),
    [
      ["service-unreachable", "error", "endpoint-unreachable"],
      ["clock-unknown", "warning", ""],
      ["keys-unusable", "error", "keys-unreachable"],
      ["client-unknown", "warning", "endpoint-unreachable"],
    ],
  );
});

test("a token endpoint that fails", async () => {
  emulator.setFault("token", "fail");
  const wrong = await wrongOf({});
  emulator.setFault("token", "none");
  assert.deepEqual(
    wrong.map((one) => one.slice(0, 3)),
    [["client-unknown", "warning", "endpoint-unavailable"]],
  );
});

test("stores that fail, and that keep nothing", async () => {
  const store = memoryStore();
  const [failing] = await wrongOf({ store: { ...store, get: () => Promise.reject(new Error("gone")) } });
  assert.deepEqual(failing?.slice(0, 3), ["store-fails", "error", "store-unreachable"]);
  const [forgetful] = await wrongOf({ store: { ...store, get: async () => undefined } });
  assert.deepEqual(forgetful?.slice(0, 3), ["store-fails", "error", ""]);
  const [keeping] = await wrongOf({ store: { ...store, delete: async () => undefined } });
  assert.deepEqual(keeping?.slice(0, 3), ["store-fails", "error", ""]);
  const [careless] = await wrongOf({ store: { ...store, create: async () => true, get: async () => "1" } });
  assert.deepEqual(careless?.slice(0, 3), ["store-fails", "error", ""]);
});

test("a redirect URI on this machine with a service elsewhere is a warning", async () => {
  const environment = environments.sandbox;
  const findings = await diagnose(
    options({ environment, fetch: () => Promise.reject(new Error("no network")) }),
  );
  assert.deepEqual(findings.find(({ code }) => code === "redirect-uri-local")?.level, "warning");
});
