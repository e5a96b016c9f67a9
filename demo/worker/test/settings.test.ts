// The worker with other settings than the demo's.
import assert from "node:assert/strict";
import type { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { environments } from "honnin/launch";
import { exportJWK, generateKeyPair } from "jose";
import { Miniflare, type Response } from "miniflare";
import { texts } from "../../site/src/texts/index.ts";
import { trustOptions } from "../../site/src/trust.ts";
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

const anchors = { JPKI_ANCHORS: "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n" };
const decryption = {
  DECRYPTION_KEY: JSON.stringify({
    ...(await exportJWK((await generateKeyPair("ECDH-ES+A256KW", { extractable: true })).privateKey)),
    alg: "ECDH-ES+A256KW",
  }),
};

const modules = await buildWorker();
const running: Miniflare[] = [];
after(() => Promise.all(running.map((miniflare) => miniflare.dispose())));

interface Run {
  readonly logs: () => string;
  get(path: string): Promise<Response>;
  post(path: string, fields: Record<string, string>): Promise<Response>;
}

async function run(bindings: Record<string, string>): Promise<Run> {
  let logs = "";
  const miniflare = new Miniflare({
    modules: modules.map((module) => ({ ...module, path: `/worker/${module.path}` })),
    modulesRoot: "/worker",
    compatibilityDate: "2026-04-01",
    durableObjects: { KEPT: { className: "Kept", useSQLite: true } },
    bindings,
    handleRuntimeStdio(stdout: Readable, stderr: Readable) {
      for (const stream of [stdout, stderr]) stream.on("data", (data: Buffer) => (logs += data.toString()));
    },
  });
  running.push(miniflare);
  return {
    logs: () => logs,
    get: (path) => miniflare.dispatchFetch(origin + path, { redirect: "manual" }),
    post: (path, fields) =>
      miniflare.dispatchFetch(origin + path, {
        method: "POST",
        headers: { origin, "content-type": "application/x-www-form-urlencoded" },
        body: new URLSearchParams(fields).toString(),
        redirect: "manual",
      }),
  };
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
    [
      "a decryption key that is no JSON",
      { ...anchors, DECRYPTION_KEY: "a-secret-part" },
      "decryption-key-invalid",
    ],
    [
      "a decryption key that is no key",
      { ...anchors, DECRYPTION_KEY: '{"kty":"oct","k":"a-secret-part"}' },
      "decryption-key-invalid",
    ],
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

describe("signing and verifying are offered where the site is set up for them", () => {
  for (const [name, settings, signs, verifies] of [
    ["nothing", {}, false, false],
    ["no key", anchors, false, true],
    ["nobody to trust", decryption, false, false],
    ["both", { ...anchors, ...decryption }, true, true],
  ] as const) {
    test(name, async () => {
      const worker = await run({ ...right, ...settings });
      const sign = await worker.get("/sign");
      const title = signs ? texts.ja.signing.title : texts.ja.signing.notSetUp.title;
      assert.ok((await sign.text()).includes(`<h1>${title}</h1>`));
      const verify = await worker.get("/en/verify");
      const { verification } = texts.en;
      assert.ok(
        (await verify.text()).includes(
          `<h1>${verifies ? verification.title : verification.notSetUp.title}</h1>`,
        ),
      );
      const posted = await worker.post("/auth/sign", { document: "nothing-there", lang: "en" });
      const code = /data-code="([^"]*)"/.exec(await posted.text())?.[1];
      assert.equal(code, signs ? "document-invalid" : "route-not-found");
      for (const [page, runs] of [
        [sign, signs],
        [verify, verifies],
      ] as const) {
        const policy = page.headers.get("content-security-policy") ?? "";
        assert.equal(policy.includes("script-src 'self' 'wasm-unsafe-eval';"), runs);
      }
    });
  }

  test("the next card only where it is emulated", async () => {
    const real = await (await run({ ...right, ...anchors, ...decryption })).get("/sign");
    assert.doesNotMatch(await real.text(), /p384/);
    const emulated = { ...right, ...anchors, ...decryption, ENVIRONMENT_ORIGIN: "http://127.0.0.1:9" };
    assert.match(await (await (await run(emulated)).get("/sign")).text(), /value="p384-bare"/);
  });

  test("certificates are held to the environment that the site is connected to", async () => {
    for (const [name, environment] of [
      ["sandbox", "test"],
      ["production", "production"],
    ] as const) {
      const trust = { service: name, anchors: anchors.JPKI_ANCHORS };
      const options = trustOptions(trust, "rsa-pkcs1-sha256");
      assert.deepEqual(options, { anchors: anchors.JPKI_ANCHORS, profile: "jpki-sign", environment });
      const page = await (await run({ ...right, ...anchors, ENVIRONMENT: name })).get("/verify");
      assert.ok((await page.text()).includes(`{&quot;service&quot;:&quot;${name}&quot;`));
    }
  });
});
