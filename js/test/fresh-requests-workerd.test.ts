// workerd throws on `cache` before compatibility date 2024-11-11. Requests get past caches all the same, and without an exception.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exportJWK, generateKeyPair } from "jose";
import { serve } from "./support/server.ts";
import { startWorker } from "./support/workerd.ts";

const answers: Record<string, object> = {
  "/certs": { keys: [{ kty: "EC", crv: "P-256", x: "AA", y: "AA" }] },
  "/token": { access_token: "a", token_type: "Bearer", id_token: "i" },
  "/userinfo": { sub: "person" },
  "/transactions": { id: "00000000-0000-4000-8000-000000000000" },
  "/transactions/00000000-0000-4000-8000-000000000000/result": { result: "a.b.c.d.e" },
};

/** What the server sees: a header of ours, or what workerd itself makes of `cache: "no-store"`. */
const dates = [
  ["2023-05-18", "no-store"],
  ["2024-11-10", "no-store"],
  ["2024-11-11", "no-cache"],
  ["2026-04-01", "no-cache"],
] as const;

for (const [compatibilityDate, sent] of dates) {
  test(`${compatibilityDate}: keys, tokens, basic items and results are asked for past every cache`, async (t) => {
    const asked: [path: string, cacheControl: string | undefined][] = [];
    const origin = await serve(t, ({ url = "", headers }, response) => {
      asked.push([url, headers["cache-control"]]);
      response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=3600" });
      response.end(JSON.stringify(answers[url]));
    });
    const { privateKey } = await generateKeyPair("ES256", { extractable: true });
    const worker = await startWorker(
      t,
      `
      import { remoteKeys, verifyIdToken } from "honnin";
      import { exchangeCode, fetchSignatureResult, fetchUserInfo, startSignature } from "honnin/relying-party";
      const origin = ${JSON.stringify(origin)};
      const environment = {
        tokenEndpoint: origin + "/token",
        userinfoEndpoint: origin + "/userinfo",
        signTransactionsEndpoint: origin + "/transactions",
      };
      const clientKey = ${JSON.stringify(await exportJWK(privateKey))};
      const client = { environment, clientId: "client0123456789", clientKey };
      const calls = {
        keys: () => remoteKeys(origin + "/certs").get(),
        tokens: () => exchangeCode({ ...client, code: "c", codeVerifier: "v".repeat(43), redirectUri: "https://shop.example/" }),
        person: () => fetchUserInfo({ environment, accessToken: "a", sub: "person" }),
        begin: () => startSignature({ ...client, form: "bare", digest: new Uint8Array(32), accessToken: "a" }),
        result: () => fetchSignatureResult({ environment, transactionId: "00000000-0000-4000-8000-000000000000", accessToken: "a" }),
      };
      export default {
        async fetch() {
          const outcomes = {};
          for (const [name, call] of Object.entries(calls)) {
            outcomes[name] = await call().then(() => "ok", (error) => error.code ?? String(error));
          }
          return Response.json({ outcomes, loaded: typeof verifyIdToken });
        },
      };`,
      { compatibilityDate },
    );
    const { outcomes } = (await (await worker.dispatchFetch("http://worker.test/")).json()) as {
      outcomes: Record<string, string>;
    };
    assert.deepEqual(outcomes, { keys: "ok", tokens: "ok", person: "ok", begin: "ok", result: "ok" });
    assert.deepEqual(
      asked,
      Object.keys(answers).map((path) => [path, sent]),
    );
  });
}
