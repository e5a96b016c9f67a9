// The worker with other settings than the demo's.
import assert from "node:assert/strict";
import type { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { environments } from "honnin/launch";
import { Miniflare, type Response } from "miniflare";
import { texts } from "../../site/src/texts/index.ts";
import { buildWorker } from "../src/build.ts";
import { until } from "./support.ts";

const origin = "https://shop.example";
const right = {
  ENVIRONMENT: "sandbox",
  CLIENT_ID: "settings",
  CLIENT_KEY: '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"a-secret-part"}',
  COOKIE_SECRET: "x".repeat(32),
  SITE_ORIGIN: origin,
};

const modules = await buildWorker();
const running: Miniflare[] = [];
after(() => Promise.all(running.map((miniflare) => miniflare.dispose())));

interface Run {
  readonly logs: () => string;
  get(path: string): Promise<Response>;
}

async function run(bindings: Record<string, string>): Promise<Run> {
  let logs = "";
  const miniflare = new Miniflare({
    modules: modules.map((module) => ({ ...module, path: `/worker/${module.path}` })),
    modulesRoot: "/worker",
    compatibilityDate: "2026-04-01",
    durableObjects: { LOGIN_RESULTS: { className: "LoginResults", useSQLite: true } },
    bindings,
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      for (const stream of [stdout, stderr]) stream.on("data", (data: Buffer) => (logs += data.toString()));
    },
  });
  running.push(miniflare);
  return { logs: () => logs, get: (path) => miniflare.dispatchFetch(origin + path, { redirect: "manual" }) };
}

for (const name of ["sandbox", "production"] as const) {
  test(`ENVIRONMENT=${name} sends the user to the service, and says so`, async () => {
    const worker = await run({ ...right, ENVIRONMENT: name });
    const login = await worker.get("/auth/login");
    assert.equal(login.status, 303);
    const location = new URL(login.headers.get("location") ?? "");
    assert.equal(location.origin + location.pathname, environments[name].authorizationEndpoint);
    assert.match(login.headers.get("set-cookie") ?? "", /^__Host-honnin-login-.*; Secure$/);
    const home = await worker.get("/");
    const text = await home.text();
    assert.ok(text.includes(texts.ja.services[name].label));
    assert.ok(!text.includes("エミュレーター"));
    assert.ok(
      home.headers.get("content-security-policy")?.includes(`form-action 'self' ${location.origin};`),
    );
  });
}

describe("a wrong setting is a page for people, and a line for the operator", () => {
  for (const [name, change, code] of [
    ["no environment", { ENVIRONMENT: "" }, "options-invalid"],
    ["an environment there is not", { ENVIRONMENT: "staging" }, "options-invalid"],
    ["an emulator on plain http elsewhere", { ENVIRONMENT_ORIGIN: "http://op.example" }, "options-invalid"],
    ["a key that is no JSON", { CLIENT_KEY: "a-secret-part" }, "client-key-invalid"],
    ["a key that is no key", { CLIENT_KEY: '{"kty":"oct","k":"a-secret-part"}' }, "client-key-invalid"],
    ["a short secret", { COOKIE_SECRET: "short" }, "options-invalid"],
  ] as const) {
    test(name, async () => {
      const worker = await run({ ...right, ...change });
      const response = await worker.get("/en/");
      const text = await response.text();
      assert.equal(response.status, 500);
      assert.match(text, new RegExp(`<main [^>]*data-code="${code}"`));
      assert.ok(text.includes(texts.en.errors[code]));
      assert.ok(!text.includes("a-secret-part"));
      assert.ok(!text.includes(texts.en.error.technical));
      const styles = /"(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? "";
      assert.equal((await worker.get(styles)).status, 200);
      await until(() => worker.logs().includes(`settings refused: ${code} `));
      assert.ok(!worker.logs().includes("a-secret-part"));
    });
  }
});
