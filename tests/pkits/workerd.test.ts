import assert from "node:assert/strict";
import { test } from "node:test";
import { bundleForWorkerd, startWorkerd } from "../support/workerd.ts";
import { differences, type Verdict } from "./judge.ts";
import { loadSuite, skipPkits } from "./suite.ts";

const worker = `
  import { verifyCertificate } from "honnin";
  import { judge } from "./pkits/judge.ts";
  export default { fetch: async (request) => Response.json(await judge(verifyCertificate, await request.json())) };
`;

test("workerd judges all 249 cases of PKITS as it says", { skip: skipPkits }, async () => {
  const suite = loadSuite();
  const workerd = await startWorkerd(await bundleForWorkerd(worker));
  try {
    const response = await workerd.fetch("https://worker.test/", {
      method: "POST",
      body: JSON.stringify(suite),
    });
    assert.deepEqual(differences((await response.json()) as Verdict[], suite), []);
  } finally {
    await workerd.close();
  }
});
