// What a page needs: the bundle, the inputs, and the modules where the bundle looks for them.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type StaticServer, serveStatic } from "../../support/static-server.ts";
import { bundle } from "../bundle.ts";
import { cache, dist } from "../folders.ts";

export async function servePages(): Promise<StaticServer> {
  writeFileSync(join(cache, "browser.js"), await bundle({ file: "inside/browser.ts" }, "browser"));
  return serveStatic({ bench: cache, wasm: dist });
}
