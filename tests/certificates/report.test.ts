// The report of a certificate and of a signature: it is read only when somebody looks at it, and is a member like the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cardSign, digest } from "@honnin/synthetic-jpki";
import { verifyCertificate, verifySignature } from "honnin";
import { card, jpki, sign } from "./support.ts";

const data = new TextEncoder().encode("document");
const signature = cardSign(sign, digest("sha256", data), "digest-info");
const { certificate } = sign;
const fetchEvidence = () => ({ crls: [] });
const signed = { data, signature, certificate, scheme: "rsa-pkcs1-sha256" } as const;

const calls = {
  verifyCertificate: () => verifyCertificate(certificate, card()),
  "verifyCertificate, with evidence missing": () =>
    verifyCertificate(certificate, card("sign", { fetchEvidence })),
  verifySignature: () => verifySignature({ ...card(), ...signed }),
  "verifySignature, with evidence missing": () =>
    verifySignature({ ...card("sign", { fetchEvidence }), ...signed }),
  "verifySignature, without a path": () => verifySignature({ ...signed, path: "not-checked" }),
};

for (const [name, call] of Object.entries(calls)) {
  test(name, async (t) => {
    const parse = t.mock.method(JSON, "parse");
    const parsed = () => parse.mock.calls.filter(({ arguments: [text] }) => text.includes('"steps":[{'));
    const result = await call();
    assert.equal(parsed().length, 0);
    assert.equal(Object.keys(result).at(-1), "report");
    const { report } = result;
    assert.equal(parsed().length, 1);
    assert.equal(result.report, report);
    assert.equal(parsed().length, 1);
    assert.deepEqual(Object.keys(report), ["steps"]);
    assert.ok(report.steps.length > 1);
    assert.deepEqual(structuredClone(result).report, report);
  });
}

test("a refusal has its report at once, also with evidence missing", async () => {
  const now = (jpki.now.getTime() + 20 * 365 * 86_400_000) / 1000;
  for (const revocation of [undefined, { fetchEvidence, require: "certificate" } as const]) {
    const refused = verifyCertificate(certificate, {
      ...card("sign", revocation),
      ...(revocation === undefined && { now }),
    });
    await assert.rejects(refused, ({ report }: { report: { steps: readonly { status: string }[] } }) => {
      assert.equal(report.steps.at(-1)?.status, "failed");
      return true;
    });
  }
});
