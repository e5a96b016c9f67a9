import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";
import { cases } from "./cases.ts";
import { differences, type Verdict } from "./judge.ts";

const worker = `
  import { verifyIdToken } from "honnin";
  import { judge } from "./id-token/judge.ts";
  export default { fetch: async (request) => Response.json(await judge(verifyIdToken, await request.json())) };
`;

test(`workerd judges all ${cases.length} ID tokens of the table as it says`, async () => {
  const workerd = await startWorkerd(await bundleForWorkerd(worker));
  try {
    const response = await workerd.fetch("https://worker.test/", {
      method: "POST",
      body: JSON.stringify(cases),
    });
    assert.deepEqual(differences((await response.json()) as Verdict[], cases), []);
  } finally {
    await workerd.close();
  }
});
