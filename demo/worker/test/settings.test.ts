// The worker with other settings than the demo's.
import assert from "node:assert/strict";
import type { Readable } from "node:stream";
import { after, describe, test } from "node:test";
import { emulatorAt, environments, HonninError } from "honnin/launch";
import { exportJWK, generateKeyPair } from "jose";
import { Miniflare, type Response } from "miniflare";
import { texts } from "../../site/src/texts/index.ts";
import { trustOptions } from "../../site/src/trust.ts";
import { buildWorker } from "../src/build.ts";
import { checkSettings } from "../src/check-settings.ts";
import { serveWorker } from "../src/serve.ts";
import { environmentOf, serviceOf } from "../src/settings.ts";
import { until } from "./support.ts";

const origin = "https://shop.example";
const right = {
  ENVIRONMENT: "sandbox",
  CLIENT_ID: "settings",
  CLIENT_KEY: '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"a-secret-part"}',
  COOKIE_SECRET: "a secret of no consequence, long enough",
  SITE_ORIGIN: origin,
};

const anchors = { JPKI_ANCHORS: "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n" };
const decryption = {
  DECRYPTION_KEY: JSON.stringify({
    ...(await exportJWK((await generateKeyPair("ECDH-ES+A256KW", { extractable: true })).privateKey)),
    alg: "ECDH-ES+A256KW",
  }),
};

const emulator = { ENVIRONMENT: "", ENVIRONMENT_ORIGIN: "https://op.example" };
const local = { SITE_ORIGIN: "http://localhost:8787" };

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
    durableObjects: {
      KEPT: { className: "Kept", useSQLite: true },
      STORE: { className: "HonninStore", useSQLite: true },
    },
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
    ["two environments", { ENVIRONMENT_ORIGIN: "https://op.example" }, "options-invalid"],
    ["nobody to trust", decryption, "options-invalid"],
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

describe("settings that are malformed or contradict each other are refused, by name and with what to do", () => {
  const ocsp = { OCSP_URL: "http://ocsp.example/" };
  const all = { ...anchors, ...decryption, ...ocsp };
  const loopbackEmulator = { ENVIRONMENT: "", ENVIRONMENT_ORIGIN: "http://127.0.0.1:8080" };
  for (const [name, change, ...words] of [
    ["no client id", { CLIENT_ID: "" }, "CLIENT_ID"],
    ["no client key", { CLIENT_KEY: "" }, "CLIENT_KEY"],
    ["no secret", { COOKIE_SECRET: "" }, "COOKIE_SECRET"],
    ["no site", { SITE_ORIGIN: "" }, "SITE_ORIGIN"],
    ["a time that is no number", { HANDOFF_CODE_LIFETIME: "5m" }, "HANDOFF_CODE_LIFETIME"],
    ["no environment", { ENVIRONMENT: "" }, "ENVIRONMENT", "ENVIRONMENT_ORIGIN", "production", "sandbox"],
    ["an unknown environment", { ENVIRONMENT: "staging" }, "ENVIRONMENT", "production", "ENVIRONMENT_ORIGIN"],
    ["another case", { ENVIRONMENT: "Sandbox" }, "ENVIRONMENT", "sandbox"],
    ["a member of every object", { ENVIRONMENT: "constructor" }, "ENVIRONMENT", "sandbox"],
    ["two services", { ENVIRONMENT_ORIGIN: "https://op.example" }, "ENVIRONMENT and ENVIRONMENT_ORIGIN"],
    ["a service and a broken one", { ENVIRONMENT_ORIGIN: "x" }, "ENVIRONMENT and ENVIRONMENT_ORIGIN"],
    [
      "an emulator on plain http elsewhere",
      { ...emulator, ENVIRONMENT_ORIGIN: "http://op.example" },
      "https",
    ],
    [
      "an emulator with a path",
      { ...emulator, ENVIRONMENT_ORIGIN: "https://op.example/api" },
      "ENVIRONMENT_ORIGIN",
      "path",
    ],
    [
      "the service as an emulator",
      { ...emulator, ENVIRONMENT_ORIGIN: "https://sb-auth-and-sign.go.jp" },
      "ENVIRONMENT=sandbox",
    ],
    [
      "the site as an emulator",
      { ...emulator, ENVIRONMENT_ORIGIN: origin },
      "ENVIRONMENT_ORIGIN",
      "SITE_ORIGIN",
    ],
    ["an emulator that visitors cannot reach", loopbackEmulator, "ENVIRONMENT_ORIGIN", "SITE_ORIGIN"],
    [
      "production on loopback",
      { ...local, ENVIRONMENT: "production" },
      "ENVIRONMENT=production",
      "SITE_ORIGIN",
    ],
    [
      "production on loopback with TLS",
      { SITE_ORIGIN: "https://127.0.0.1", ENVIRONMENT: "production" },
      "SITE_ORIGIN",
    ],
    [
      "production on plain http",
      { SITE_ORIGIN: "http://shop.example", ENVIRONMENT: "production" },
      "SITE_ORIGIN",
      "https",
    ],
    ["the sandbox on plain http", { SITE_ORIGIN: "http://shop.example" }, "SITE_ORIGIN", "https"],
    [
      "a site that only begins like loopback",
      { SITE_ORIGIN: "http://127.0.0.1.evil.example" },
      "SITE_ORIGIN",
    ],
    ["a site without a scheme", { SITE_ORIGIN: "shop.example" }, "SITE_ORIGIN", "scheme"],
    ["a site of another scheme", { SITE_ORIGIN: "ftp://shop.example" }, "SITE_ORIGIN", "https"],
    ["a site with a slash", { SITE_ORIGIN: `${origin}/` }, "SITE_ORIGIN", "slash"],
    ["a site with a path", { SITE_ORIGIN: `${origin}/shop` }, "SITE_ORIGIN", "path"],
    ["a site with a query", { SITE_ORIGIN: `${origin}?a` }, "SITE_ORIGIN"],
    ["a site with its default port", { SITE_ORIGIN: `${origin}:443` }, "SITE_ORIGIN", "port"],
    ["a site in upper case", { SITE_ORIGIN: "https://Shop.example" }, "SITE_ORIGIN", "lower case"],
    ["a site with a user", { SITE_ORIGIN: "https://a@shop.example" }, "SITE_ORIGIN"],
    ["a site with white space", { SITE_ORIGIN: `${origin}\n` }, "SITE_ORIGIN"],
    ["a decryption key and nobody to trust", decryption, "DECRYPTION_KEY", "JPKI_ANCHORS"],
    ["a responder and nobody to trust", ocsp, "OCSP_URL", "JPKI_ANCHORS"],
    ["a responder and nothing to ask about", { ...anchors, ...ocsp }, "OCSP_URL", "DECRYPTION_KEY"],
    ["a responder that is no address", { ...all, OCSP_URL: "ocsp.example" }, "OCSP_URL"],
    ["a responder of another scheme", { ...all, OCSP_URL: "ldap://ocsp.example" }, "OCSP_URL"],
    ["a responder with a password", { ...all, OCSP_URL: "http://a:secret@ocsp.example/" }, "OCSP_URL"],
  ] as [string, Partial<typeof right & typeof all & typeof emulator>, ...string[]][]) {
    test(name, () => {
      for (const check of [checkSettings, environmentOf]) {
        assert.throws(
          () => check({ ...right, ...change } as never),
          (error) => {
            assert.ok(error instanceof HonninError);
            assert.equal(error.code, "options-invalid");
            for (const word of words) assert.ok(error.message.includes(word), `${word}: ${error.message}`);
            for (const value of Object.values(change).filter((value) => value.length > 15)) {
              assert.ok(!error.message.includes(value), error.message);
            }
            return true;
          },
        );
      }
    });
  }

  for (const [name, change, environment, service] of [
    ["the sandbox", {}, environments.sandbox, "sandbox"],
    ["the sandbox from a developer's machine", local, environments.sandbox, "sandbox"],
    ["production", { ENVIRONMENT: "production" }, environments.production, "production"],
    [
      "production, other texts empty",
      {
        ENVIRONMENT: "production",
        ENVIRONMENT_ORIGIN: "",
        JPKI_ANCHORS: "",
        DECRYPTION_KEY: "",
        OCSP_URL: "",
      },
      environments.production,
      "production",
    ],
    ["an emulator", emulator, emulatorAt("https://op.example"), "emulator"],
    [
      "an emulator and its site on loopback",
      { ...loopbackEmulator, ...local },
      emulatorAt("http://127.0.0.1:8080"),
      "emulator",
    ],
    [
      "an emulator elsewhere, the site on loopback",
      { ...emulator, ...local },
      emulatorAt("https://op.example"),
      "emulator",
    ],
    ["everything for signatures", all, environments.sandbox, "sandbox"],
  ] as const) {
    test(`taken: ${name}`, () => {
      const env = { ...right, ...change } as never;
      assert.deepEqual(environmentOf(env), environment);
      assert.equal(serviceOf(env), service);
    });
  }

  test("whoever serves the worker is told before it runs", async () => {
    const served = { emulatorOrigin: "http://127.0.0.1:9", clientId: "served", clientKey: {} };
    for (const wrong of [
      { siteHost: "shop.example" },
      { emulatorOrigin: "http://op.example" },
      { emulatorOrigin: "http://localhost:8787", port: 8787 },
      { decryptionKey: {} },
      { ocspUrl: "http://127.0.0.1:9/ocsp" },
    ]) {
      await assert.rejects(serveWorker({ ...served, ...wrong }), { code: "options-invalid" });
    }
  });
});

describe("signing and verifying are offered where the site is set up for them", () => {
  for (const [name, settings, signs, verifies] of [
    ["nothing", {}, false, false],
    ["no key", anchors, false, true],
    [
      "texts that are empty",
      { JPKI_ANCHORS: "", DECRYPTION_KEY: "", OCSP_URL: "", ENVIRONMENT_ORIGIN: "" },
      false,
      false,
    ],
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
    const emulated = { ...right, ...anchors, ...decryption, ...emulator };
    assert.match(await (await (await run(emulated)).get("/sign")).text(), /value="p384-bare"/);
  });

  test("certificates are held to the environment that the site is connected to", async () => {
    for (const [name, cards] of [
      ["sandbox", "test"],
      ["production", "production"],
    ] as const) {
      const trust = { service: name, anchors: anchors.JPKI_ANCHORS };
      const options = trustOptions(trust, "rsa-pkcs1-sha256");
      assert.deepEqual(options, { anchors: anchors.JPKI_ANCHORS, profile: "jpki-sign", cards });
      const page = await (await run({ ...right, ...anchors, ENVIRONMENT: name })).get("/verify");
      assert.ok((await page.text()).includes(`{&quot;service&quot;:&quot;${name}&quot;`));
    }
  });
});
