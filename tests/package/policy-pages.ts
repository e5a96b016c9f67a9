// Pages whose Content Security Policy keeps the modules from loading, from their own origin and from another one.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/paths.ts";
import { serveStatic } from "../support/static-server.ts";

const page = `<!doctype html><title>policy</title><script type="module" src="page.js"></script>`;
const script = (url: string) => `
  import { init, verifyIdToken } from "/honnin/dist/entries/browser.js";
  const options = { issuer: "https://a.example", clientId: "a", nonce: null, keys: '{"keys":[]}' };
  const url = ${JSON.stringify(url)};
  if (url !== "") await init({ only: "id-token", url }).catch(() => {});
  const { code, message } = await verifyIdToken("a.b.c", options).catch((error) => error);
  const said = document.createElement("p");
  said.id = "said";
  said.textContent = code + ": " + message;
  document.body.append(said);
`;

export interface PolicyPages {
  /** The URLs of pages, and what their errors must say. */
  readonly pages: readonly (readonly [url: string, says: RegExp])[];
  close(): Promise<void>;
}

export async function servePolicyPages(): Promise<PolicyPages> {
  const folder = await mkdtemp(join(tmpdir(), "honnin-policy-"));
  const mounts = { honnin: join(root, "js"), test: folder };
  const other = await serveStatic(mounts, { "access-control-allow-origin": "*" });
  const base = "default-src 'self' 'wasm-unsafe-eval'";
  const open = await serveStatic(mounts, { "content-security-policy": base });
  const closed = await serveStatic(mounts, { "content-security-policy": `${base}; connect-src 'none'` });
  const elsewhere = `${other.origin}/honnin/dist/wasm/id-token.wasm`;
  const missing = `/honnin/dist/wasm/none.wasm`;
  const scripts = { own: "", elsewhere, missing };
  for (const [name, url] of Object.entries(scripts)) {
    await writeFile(join(folder, `${name}.html`), page.replace("page.js", `${name}.js`));
    await writeFile(join(folder, `${name}.js`), script(url));
  }
  const at = ({ origin }: { origin: string }, name: string) => `${origin}/test/${name}.html`;
  return {
    pages: [
      [at(closed, "own"), /^wasm-unreachable: .*Content Security Policy.* connect-src 'self'/],
      [at(open, "elsewhere"), new RegExp(`^wasm-unreachable: .* connect-src ${other.origin}\\.`)],
      // What is no policy's fault is not called so.
      [at(open, "missing"), /^wasm-unreachable: (?!.*connect-src).*status 404/],
      [at(open, "own"), /^token-malformed/],
    ],
    async close() {
      for (const server of [other, open, closed]) await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
