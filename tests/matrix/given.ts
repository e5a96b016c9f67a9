// The inputs of the six things: the crate's examples, and a new key.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import { root } from "../support/paths.ts";

const read = (name: string) => readFileSync(join(root, "crate/examples/data", name));

/** The source of the module that every project has. */
export async function givenModule(): Promise<string> {
  const token = read("id-token.txt").toString().trim();
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, sub: "another" })).toString("base64url");
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const given = {
    token,
    changedToken: [header, changed, signature].join("."),
    keys: read("keys.json").toString(),
    certificate: read("card.der").toString("base64"),
    authority: read("card-authority.der").toString("base64"),
    organization: "HONNIN-TEST",
    now: 1_782_864_000,
    clientKey: await exportJWK(privateKey),
    cookieSecret: randomBytes(32).toString("base64url"),
  };
  return `export default ${JSON.stringify(given)};\n`;
}
