// The same in each engine, which reports a blocked request in its own way.
import assert from "node:assert/strict";
import { inEachEngine } from "../browsers/each-engine.ts";
import { servePolicyPages } from "./policy-pages.ts";

inEachEngine(
  "a policy that blocks the request for a module is named, and nothing else is",
  async ({ newTab }) => {
    const { pages, close } = await servePolicyPages();
    try {
      const tab = await newTab();
      for (const [url, says] of pages) {
        await tab.open(url);
        assert.match(await tab.text("#said"), says);
      }
    } finally {
      await close();
    }
  },
);
