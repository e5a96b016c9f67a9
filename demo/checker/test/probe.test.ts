// The probe against the emulator: it finds what is there, and its report contains no value of a person, a token or a key.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { type Emulator, pairwiseSubject, people, startEmulator } from "@honnin/emulator";
import { Browser } from "../src/browser/browser.js";
import type { ProbeOptions } from "../src/probe/options.js";
import { probe } from "../src/probe/probe.js";
import { shapeOf } from "../src/probe/shape.js";
import { reportOf } from "../src/probe-command.js";
import { keyPair } from "./sites/support.js";

const clientId = "probingClient7391";
const redirectUri = "http://localhost:4/callback";
let emulator: Emulator;
let settings: Omit<ProbeOptions, "visit">;

before(async () => {
  emulator = await startEmulator({ mode: "test-card", quiet: true });
  const [key, decryptionKey] = [
    await keyPair("ES256", "sig", "probing-key-5526"),
    await keyPair("ECDH-ES", "enc", "probing-decryption-key-8104"),
  ];
  emulator.addClient({
    clientId,
    name: "A probing client",
    redirectUris: [redirectUri],
    jwks: { keys: [key.registered, decryptionKey.registered] },
  });
  settings = {
    issuer: emulator.issuer,
    signTransactionsEndpoint: emulator.signTransactionsEndpoint,
    clientId,
    key: key.own,
    redirectUri,
    sign: { decryptionKey: decryptionKey.own },
  };
});
after(() => emulator?.close());

/** A person with a test card, who chooses a response. */
async function visit(url: URL, person: string, response = "normal"): Promise<URL> {
  const browser = new Browser({ requestMilliseconds: 30_000, deadline: Date.now() + 60_000 });
  const stop = ({ href }: URL) => href.startsWith(redirectUri);
  const card = await browser.go({ method: "GET", url }, undefined, stop);
  if (card.stopped !== undefined) return card.stopped;
  const body = new URLSearchParams({ response, person }).toString();
  const page = await browser.go({ method: "POST", url: card.url, body }, card.url, stop);
  assert.ok(page.stopped !== undefined, page.text);
  return page.stopped;
}

/** Every text in a value, and in the parts of the tokens that it contains. */
function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") {
    yield value;
    for (const part of value.split(".")) {
      if (!value.startsWith("eyJ") || part === "") continue;
      yield part;
      try {
        yield* textsIn(JSON.parse(Buffer.from(part, "base64url").toString()));
      } catch {}
    }
  } else if (typeof value === "object" && value !== null) {
    for (const member of Object.values(value)) yield* textsIn(member);
  }
}

/** Words that are no secret of anybody. */
const vocabulary =
  /^(Bearer|JWT|ES256|RS256|RSA|EC|P-256|sig|enc|openid|name|address|birthdate|gender|sign|ECDH-ES|A256GCM|client_credentials|authorization_code|refresh_token|pending|code|S256|urn:[\w:.-]+|[a-z]+_[a-z_]+|(openid|name|address|birthdate|gender|sign| )+)$/;

for (const person of ["ordinary", "rare-characters", "markup", "long-address", "unknown-day"]) {
  test(`nothing of ${person} is in the report`, async () => {
    const seen = new Set<string>();
    const note = (value: unknown) => {
      for (const text of textsIn(value)) if (text.length >= 4 && !vocabulary.test(text)) seen.add(text);
    };
    const recording: typeof fetch = async (input, init) => {
      if (init?.body instanceof URLSearchParams) note(Object.fromEntries(init.body));
      else if (typeof init?.body === "string") note(JSON.parse(init.body));
      const response = await fetch(input, init);
      const isDiscovery = String(input).endsWith("/openid-configuration");
      const json: unknown = await response
        .clone()
        .json()
        .catch(() => undefined);
      if (!isDiscovery) note(json);
      return response;
    };
    const result = await probe({
      ...settings,
      fetch: recording,
      visit: async (url) => {
        note(Object.fromEntries(url.searchParams));
        const arrived = await visit(url, person);
        note(Object.fromEntries(arrived.searchParams));
        return arrived;
      },
    });
    assert.equal(result.complete, true);
    const report = reportOf(result, "emulator");
    const { name, address, birthdate } = people.find(({ id }) => id === person) ?? {};
    const { key, sign } = settings;
    for (const value of [name, address, birthdate, pairwiseSubject(clientId, person), clientId, redirectUri])
      seen.add(value ?? "");
    for (const value of [...Object.values(key), ...Object.values(sign?.decryptionKey ?? {})]) note(value);
    // Addresses of the service are in its public discovery document.
    const texts = [...seen].filter((text) => text !== "" && !text.startsWith(emulator.issuer));
    assert.ok(texts.length > 60, String(texts.length));
    for (const text of texts) {
      assert.ok(!report.includes(text), text);
      // As JSON writes it.
      assert.ok(!report.includes(JSON.stringify(text).slice(1, -1)), text);
    }
  });
}

test("the report says what no public document says", async () => {
  const { findings } = await probe({
    ...settings,
    visit: (url) => visit(url, "ordinary"),
  });
  const at = (step: string) => findings[step] as Record<string, unknown>;
  assert.equal(at("discovery").status, 200);
  assert.deepEqual((at("discovery").metadata as Record<string, unknown>).subject_types_supported, [
    "pairwise",
  ]);
  assert.equal(at("login: token response").expires_in, 300);
  assert.equal(at("login: token response").grantedAsAsked, true);
  const idToken = at("login: ID token");
  assert.deepEqual(
    [idToken.validSeconds, idToken.issIsIssuer, idToken.nonceReturned, idToken.atHashIsHalfOfSha256],
    [300, true, true, true],
  );
  assert.deepEqual((idToken.header as Record<string, unknown>).alg, "ES256");
  const { members, subIsThatOfIdToken } = at("userinfo");
  assert.equal(subIsThatOfIdToken, true);
  assert.deepEqual(members, {
    sub: "UUID",
    name: "Unicode, at most 8 characters",
    address: "Unicode, at most 16 characters",
    birthdate: "8 digits",
    gender: "1 digit",
  });
  assert.equal((at("errors").unknownCode as Record<string, unknown>).error, "invalid_grant");
  assert.equal(at("login: code used twice").error, "invalid_grant");
  assert.equal(at("signature: start").status, 201);
  const { jwe, content, decrypted } = at("signature: result");
  assert.equal(decrypted, true);
  assert.deepEqual((jwe as Record<string, unknown>).enc, "A256GCM");
  assert.deepEqual(Object.keys(content as object), ["signature", "certificate"]);
});

test("a login that ends with an error ends the report early, with its code", async () => {
  const { complete, findings } = await probe({
    ...settings,
    visit: (url) => visit(url, "ordinary", "access_denied"),
  });
  assert.equal(complete, false);
  assert.equal(findings["login: authorization response"]?.error, "access_denied");
  assert.equal(findings["login: token response"], undefined);
});

test("a service that does not answer is described too", async () => {
  const nowhere: typeof fetch = async () => {
    throw new TypeError("no network");
  };
  const visit = () => assert.fail("nobody is asked to log in there");
  const { complete, findings } = await probe({ ...settings, fetch: nowhere, visit });
  assert.equal(complete, false);
  assert.deepEqual([findings.discovery?.status, findings.jwks?.status], [0, 0]);
  assert.deepEqual(Object.keys(findings), ["discovery", "jwks"]);
});

test("a login in which nobody arrives is described too", async () => {
  const { complete, findings } = await probe({ ...settings, visit: async () => undefined });
  assert.equal(complete, false);
  assert.deepEqual(findings["login: authorization response"], { arrived: false });
});

test("shapes do not tell values", () => {
  assert.equal(shapeOf("本人　太郎"), "Unicode, at most 8 characters");
  assert.equal(shapeOf("19800217"), "8 digits");
  assert.deepEqual(shapeOf({ 本人: 1, "19800217": [1, 2, "a"] }), {
    "(Unicode, at most 4 characters)": "integer",
    "(8 digits)": ["integer", "letters and digits, at most 4 characters"],
  });
  let deep: unknown = "secret";
  for (let level = 0; level < 1_000; level += 1) deep = { deep };
  assert.doesNotMatch(JSON.stringify(shapeOf(deep)), /secret/);
});

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const compiled = process.env.HONNIN_COMPILED;
const program =
  compiled === undefined ? ["--import", "tsx", main] : [join(compiled, "demo/checker/src/main.mjs")];

test("the command listens on the redirect URI, and writes the report", async () => {
  const folder = mkdtempSync(join(tmpdir(), "probe-"));
  // A port that was free a moment ago.
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const own = `http://localhost:${port}/callback`;
  const key = await keyPair("RS256", "sig", "command-key");
  emulator.addClient({
    clientId: "probingCommand",
    name: "c",
    redirectUris: [own],
    jwks: { keys: [key.registered] },
  });
  const [keyFile, output] = [join(folder, "key.json"), join(folder, "report.json")];
  writeFileSync(keyFile, JSON.stringify(key.own));
  const args = ["probe", "--emulator", emulator.origin, "--client-id", "probingCommand", "--key", keyFile];
  const more = ["--redirect-uri", own, "--output", output, "--lang", "en", "--scope", "openid name"];
  const child = spawn(process.execPath, [...program, ...args, ...more]);
  try {
    let text = "";
    const ended = new Promise((resolve) => child.once("exit", resolve));
    for await (const chunk of child.stderr) {
      const before = text;
      text += chunk;
      const url = /^ {2}(http\S+)\n/m.exec(text)?.[1];
      if (url === undefined || /^ {2}http\S+\n/m.test(before)) continue;
      const browser = new Browser({ requestMilliseconds: 30_000, deadline: Date.now() + 60_000 });
      const card = await browser.go({ method: "GET", url: new URL(url) });
      const body = new URLSearchParams({ response: "normal", person: "ordinary" }).toString();
      const page = await browser.go({ method: "POST", url: card.url, body }, card.url);
      assert.match(page.text, /Received/);
    }
    assert.equal(await ended, 0);
    assert.match(text, /Written to/);
    const { complete, service, findings } = JSON.parse(readFileSync(output, "utf8"));
    assert.deepEqual([complete, service, findings.userinfo.status], [true, "emulator", 200]);
  } finally {
    child.kill();
    rmSync(folder, { recursive: true });
  }
});

test("a wrong option of the command is told in one sentence", async () => {
  const run = (...args: string[]) =>
    new Promise<{ code: unknown; stderr: string }>((resolve) =>
      execFile(process.execPath, [...program, "probe", ...args], (error, _, stderr) =>
        resolve({ code: error?.code, stderr }),
      ),
    );
  const folder = mkdtempSync(join(tmpdir(), "probe-"));
  const key = join(folder, "key.json");
  writeFileSync(key, JSON.stringify(settings.key));
  after(() => rmSync(folder, { recursive: true }));
  const common = ["--client-id", "a", "--key", key, "--redirect-uri", "http://localhost:1/"];
  // Before anybody is asked to log in. What it asked before is told on lines of its own.
  const away = await run(...common, "--emulator", "http://127.0.0.1:9", "--output", join(folder, "a.json"));
  assert.equal(away.code, 2);
  assert.match(away.stderr, /^Nothing answers at http:\/\/127\.0\.0\.1:9\/api.*--emulator\.$/m);
  assert.doesNotMatch(away.stderr, /Open this URL/);
  for (const [args, message] of [
    [[], /needs --client-id, --key and --redirect-uri/],
    [[...common, "--emulator", "https://auth-and-sign.go.jp."], /--emulator names the real service/],
    [["more"], /takes options only/],
    [["--client-id", "a", "--key", "none.json", "--redirect-uri", "http://localhost:1/"], /does not exist/],
    [["--client-id", "a", "--key", "none.json", "--redirect-uri", "x"], /must be a URL/],
  ] as [string[], RegExp][]) {
    const { code, stderr } = await run(...args);
    assert.equal(code, 2);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split("\n").length, 1);
  }
});
