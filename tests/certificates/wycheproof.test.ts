// C2SP Wycheproof through verifySignature: every file, every case, with the key as SPKI and as JWK where there is one.
// How `acceptable` is treated stands in crate/tests/suites/wycheproof.rs: the only flag there is, MissingNull, is invalid.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type HonninError, type PublicJwk, type SignatureScheme, verifySignature } from "honnin";
import { vectors } from "../support/vectors.ts";

interface Group {
  readonly type: string;
  readonly sha: string;
  readonly publicKeyDer: string;
  readonly publicKeyPem?: string;
  readonly publicKeyJwk?: PublicJwk;
  readonly publicKey: { readonly curve?: string };
  readonly tests: readonly {
    readonly tcId: number;
    readonly msg: string;
    readonly sig: string;
    readonly result: string;
    readonly flags: readonly string[];
  }[];
}

const { folder, skip } = vectors("wycheproof");
const hex = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

function scheme({ type, sha, publicKey: { curve } }: Group): SignatureScheme {
  const hash = sha.replace("-", "").toLowerCase() as "sha256" | "sha384" | "sha512";
  if (type === "RsassaPkcs1Verify") return `rsa-pkcs1-${hash}`;
  if (type === "RsassaPssVerify") return `rsa-pss-${hash}`;
  if (curve === "secp256r1" && hash === "sha256") return "ecdsa-p256-sha256";
  if (curve === "secp384r1" && hash === "sha384") return "ecdsa-p384-sha384";
  throw new Error(`no scheme for ${type} with ${curve} and ${sha}`);
}

function mustVerify(result: string, flags: readonly string[]): boolean {
  if (result !== "acceptable") return result === "valid";
  assert.deepEqual(flags, ["MissingNull"], "acceptable for a reason not decided upon");
  return false;
}

const files = skip === false ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];

test("there are files", { skip }, () => assert.ok(files.length >= 13));

for (const file of files) {
  test(file, async () => {
    const suite = JSON.parse(readFileSync(join(folder, file), "utf8"));
    let count = 0;
    for (const group of suite.testGroups as Group[]) {
      const raw = group.type === "EcdsaP1363Verify";
      const ecdsa = group.type.startsWith("Ecdsa");
      const ecdsaForm = ecdsa ? (raw ? "raw" : "der") : undefined;
      const keys = [hex(group.publicKeyDer), group.publicKeyPem, group.publicKeyJwk].filter(
        (key) => key !== undefined,
      );
      for (const [index, { tcId, msg, sig, result, flags }] of group.tests.entries()) {
        const publicKey = keys[index % keys.length] ?? "";
        const outcome = await verifySignature({
          data: hex(msg),
          signature: hex(sig),
          scheme: scheme(group),
          ecdsaForm,
          publicKey,
        }).then(
          ({ path }) => path,
          (error: HonninError) => error.code,
        );
        const expected = mustVerify(result, flags) ? "not-checked" : "signature-mismatch";
        assert.equal(outcome, expected, `${file} ${tcId}`);
        count += 1;
      }
    }
    assert.equal(count, suite.numberOfTests);
  });
}
