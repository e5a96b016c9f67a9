// RSA in the module, whose products are taken in vector instructions that native tests do not have, against OpenSSL. A signature
// is only valid if every limb of its power is right. HONNIN_ARITHMETIC_CASES is the number of signatures of all sizes together.
import assert from "node:assert/strict";
import { randomBytes, sign } from "node:crypto";
import { test } from "node:test";
import { newRsaKeyPair } from "@honnin/synthetic-jpki";
import { type HonninError, verifySignature } from "honnin";

const scheme = "rsa-pkcs1-sha256";

// Four limbs less or more, an odd and an even number of fours, few and all bits in the last limb; and the exponents.
const kinds = [
  [2048, 65_537],
  [2050, 3],
  [2052, 65_537],
  [2160, 3],
  [3072, 65_537],
  [4096, 3],
] as const;
const each = Math.ceil(Number(process.env.HONNIN_ARITHMETIC_CASES ?? 240) / kinds.length);
/** The number of signatures of one key. */
const most = 1_000;

test("RSA in the module agrees with OpenSSL", async () => {
  let valid = 0;
  for (const [modulusLength, publicExponent] of kinds)
    for (let left = each; left > 0; left -= most) {
      const pair = newRsaKeyPair(modulusLength, publicExponent);
      const publicKey = new Uint8Array(pair.publicKey.export({ format: "der", type: "spki" }));
      const what = Buffer.from(publicKey).toString("hex");
      for (let number = Math.min(left, most); number > 0; number -= 1) {
        const data = new Uint8Array(randomBytes(32));
        const signature = new Uint8Array(sign("sha256", data, pair.privateKey));
        const about = { publicKey, scheme, data } as const;
        const ending = (changed: Uint8Array<ArrayBuffer>) =>
          verifySignature({ ...about, signature: changed }).then(
            () => "valid",
            (error: HonninError) => error.code,
          );
        assert.equal(await ending(signature), "valid", `${Buffer.from(signature).toString("hex")} ${what}`);
        const at = number % signature.length;
        signature[at] = (signature[at] ?? 0) ^ (1 << (number % 8));
        assert.equal(await ending(signature), "signature-mismatch");
        valid += 1;
      }
    }
  assert.equal(valid, each * kinds.length);
});
