import assert from "node:assert/strict";
import { test } from "node:test";
import { startWorker } from "../support/workerd.ts";

const worker = `
  import { init, verifyIdToken } from "honnin";
  const options = { issuer: "https://op.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const codeOf = (promise) => promise.then(() => "ok", (error) => error.code ?? String(error));
  const calls = {
    "/verify": () => verifyIdToken("x", options),
    "/url": () => init({ url: "https://a.example/" }),
    "/bytes": () => init({ module: new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) }),
  };
  export default {
    fetch: async (request) => new Response(await codeOf(calls[new URL(request.url).pathname]())),
  };
`;

for (const condition of ["workerd", "edge-light"] as const) {
  test(`${condition}: the imported module verifies`, async (t) => {
    const miniflare = await startWorker(t, worker, { condition });
    const ask = async () => (await miniflare.dispatchFetch("http://worker.test/verify")).text();
    assert.deepEqual(await Promise.all([ask(), ask(), ask()]), Array(3).fill("token-malformed"));
  });

  test(`${condition}: what would have to be compiled at run time is refused`, async (t) => {
    const miniflare = await startWorker(t, worker, { condition });
    const ask = async (path: string) => (await miniflare.dispatchFetch(`http://worker.test${path}`)).text();
    assert.equal(await ask("/url"), "options-invalid");
    assert.equal(await ask("/bytes"), "options-invalid");
  });
}
