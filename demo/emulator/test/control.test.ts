import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { test } from "node:test";
import { type EmulatorConfig, people } from "../src/index.js";
import { emulator, newClient } from "./support.js";

const op = await emulator();
const json = { "content-type": "application/json" };
const { privateKey: _, ...shop } = newClient();

function call(method: string, path: string, body?: unknown, headers: Record<string, string> = json) {
  return fetch(`${op.origin}/emulator/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

test("people, misbehaviours, requests", async () => {
  const answer = (await (await call("GET", "people")).json()) as { people: unknown };
  assert.deepEqual(answer.people, people);
  const { misbehaviours } = (await (await call("GET", "misbehaviours")).json()) as {
    misbehaviours: { id: string }[];
  };
  assert.ok(misbehaviours.some(({ id }) => id === "wrong-issuer"));
  await fetch(op.jwksUri);
  const { requests } = (await (await call("GET", "requests")).json()) as { requests: { jwks: number } };
  assert.equal(requests.jwks, 1);
});

test("clients, mode, faults, keys", async () => {
  assert.equal((await call("POST", "clients", shop)).status, 201);
  const again = await call("POST", "clients", shop);
  assert.deepEqual([again.status, ((await again.json()) as { error: string }).error], [400, "client-exists"]);

  assert.deepEqual(await (await call("PUT", "mode", { mode: "test-card" })).json(), { mode: "test-card" });
  assert.equal((await call("PUT", "mode", { mode: "tv" })).status, 400);

  const faults = await (await call("PUT", "faults", { endpoint: "jwks", fault: "fail" })).json();
  assert.deepEqual(faults, {
    faults: {
      jwks: "fail",
      token: "none",
      userinfo: "none",
      signTransactions: "none",
      signResult: "none",
      ocsp: "none",
    },
  });
  assert.equal((await fetch(op.jwksUri)).status, 500);
  assert.equal((await call("PUT", "faults", { endpoint: "jwks", fault: "none" })).status, 200);
  assert.equal((await call("PUT", "faults", {})).status, 400);

  const { kid } = (await (await call("POST", "rotate-keys", { keepOld: false })).json()) as { kid: string };
  const { keys } = (await (await fetch(op.jwksUri)).json()) as { keys: { kid: string }[] };
  assert.deepEqual([keys.length, keys[1]?.kid], [2, kid]);
  assert.equal((await call("POST", "rotate-keys", { keepOld: "no" })).status, 400);
});

test("the configuration as a whole: read, changed in part, refused as a whole", async () => {
  const before = (await (await call("GET", "config")).json()) as EmulatorConfig;
  assert.deepEqual(before, op.config);
  const { privateKey: _, ...other } = newClient("otherShop");
  const changes = { mode: "app", faults: { token: "slow" }, clients: [other], signTransactionSeconds: 60 };
  const changed = (await (await call("PUT", "config", changes)).json()) as EmulatorConfig;
  assert.deepEqual(changed, {
    ...before,
    ...changes,
    faults: { ...before.faults, token: "slow" },
  });
  for (const [wrong, code, words] of [
    [{ mode: "test-card", faults: { token: "none", jwsk: "fail" } }, "endpoint-unknown", /jwks/],
    [{ mode: "test-card", clients: [other, other] }, "client-exists", /already/],
    [{ mode: "test-card", client: [] }, "config-invalid", /Did you mean clients\?/],
    [{ mode: "test-card", port: 1 }, "config-invalid", /at the start only/],
    [{ mode: "test-card", signTransactionSeconds: "60" }, "lifetime-invalid", /integer/],
    [{ faults: [], mode: "test-card" }, "config-invalid", /faults must look like/],
  ] as const) {
    const refused = await call("PUT", "config", wrong);
    const { error, message } = (await refused.json()) as { error: string; message: string };
    assert.deepEqual([refused.status, error], [400, code]);
    assert.match(message, words);
    assert.deepEqual(op.config, changed, "nothing has changed");
  }
  const { clients, mode, faults, signTransactionSeconds } = before;
  op.configure({ clients, mode, faults, signTransactionSeconds });
  assert.deepEqual(op.config, before);
});

test("another content type, broken JSON and too much of it are refused", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    assert.equal((await call("PUT", "mode", { mode: "app" }, { "content-type": type })).status, 415);
  }
  assert.equal((await call("PUT", "mode", { mode: "app" }, {})).status, 415);
  const url = `${op.origin}/emulator/mode`;
  assert.equal((await fetch(url, { method: "PUT", headers: json, body: "{" })).status, 400);
  assert.equal((await fetch(url, { method: "PUT", headers: json, body: "[]" })).status, 400);
  const large = await fetch(url, { method: "PUT", headers: json, body: `"${"x".repeat(4_300_000)}"` });
  assert.equal(large.status, 413);
});

test("a body that cannot be read is refused with what to send", async () => {
  const put = async (body: string, headers: Record<string, string> = json) => {
    const answer = await fetch(`${op.origin}/emulator/config`, { method: "PUT", headers, body });
    const { error, message } = (await answer.json()) as { error: string; message: string };
    return `${answer.status} ${error}: ${message}`;
  };
  assert.match(
    await put('{"mode": "app"}', { "content-type": "text/plain" }),
    /^415 bad-request: .*application\/json/,
  );
  for (const body of ["{", "", "[]", "null", "5"])
    assert.match(await put(body), /^400 bad-request: .*JSON object, such as \{/, body);
  assert.match(await put(JSON.stringify({ mode: "a".repeat(5_000_000) })), /^413 too-large: .*4 MiB/);
  // The same program goes on, which does not keep that connection.
  assert.match(await put("{"), /^400 /);
  const keepOld = await call("POST", "rotate-keys", { keepOld: "no" });
  assert.deepEqual(await keepOld.json(), {
    error: "request-invalid",
    message: "keepOld must be true or false.",
  });
});

test("a page of another site is refused, whatever it sends", async () => {
  for (const headers of [
    { ...json, origin: "https://evil.example" },
    { ...json, origin: "null" },
    { ...json, "sec-fetch-site": "cross-site" },
    { ...json, "sec-fetch-site": "same-site" },
  ]) {
    for (const [method, path, body] of [
      ["PUT", "mode", { mode: "test-card" }],
      ["POST", "clients", newClient("evilShop")],
      ["POST", "rotate-keys", {}],
      ["GET", "requests", undefined],
    ] as const) {
      assert.equal((await call(method, path, body, headers)).status, 403);
    }
  }
  const preflight = await call("OPTIONS", "mode", undefined, {
    origin: "https://evil.example",
    "access-control-request-method": "PUT",
  });
  assert.equal(preflight.status, 405);
  assert.equal(preflight.headers.get("access-control-allow-origin"), null);
});

test("the emulator's own pages may", async () => {
  assert.equal((await call("PUT", "mode", { mode: "app" }, { ...json, origin: op.origin })).status, 200);
});

/** With a `Host` that fetch would not let one set. */
function statusWithHost(path: string, headers: Record<string, string>, origin = op.origin) {
  const { port } = new URL(origin);
  return new Promise<number | undefined>((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on("error", reject);
    request.end();
  });
}

test("DNS rebinding and proxies are refused", async () => {
  const { port, host } = new URL(op.origin);
  assert.equal(await statusWithHost("/emulator/people", { host }), 200);
  assert.equal(await statusWithHost("/emulator/people", { host: `localhost:${port}` }), 200);
  assert.equal(await statusWithHost("/emulator/people", { host: `evil.example:${port}` }), 421);
  assert.equal(await statusWithHost("/", { host: "evil.example" }), 421);
  assert.equal(await statusWithHost("/emulator/people", { host, "x-forwarded-for": "203.0.113.5" }), 403);
  assert.equal(await statusWithHost("/emulator/people", { host, forwarded: "for=203.0.113.5" }), 403);
});

test("through a tunnel with a public name the pages open, the control API does not", async () => {
  const tunnelled = await emulator({ publicOrigin: "https://op.example", port: 0 });
  assert.equal(tunnelled.issuer, "https://op.example/api/realms/honnin-emulator");
  const local = `http://127.0.0.1:${tunnelled.port}`;
  assert.equal(await statusWithHost("/", { host: "op.example" }, local), 200);
  assert.equal(await statusWithHost("/emulator/people", { host: "op.example" }, local), 403);
  const { host } = new URL(local);
  assert.equal(await statusWithHost("/emulator/people", { host }, local), 401);
  const authorization = `Bearer ${tunnelled.controlToken}`;
  assert.equal(await statusWithHost("/emulator/people", { host, authorization }, local), 200);
});

test("unknown paths and methods", async () => {
  assert.equal((await call("GET", "nothing")).status, 404);
  assert.equal((await call("DELETE", "mode")).status, 405);
});
