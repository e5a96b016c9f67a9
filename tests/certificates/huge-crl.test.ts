// A CRL of a million entries fits into the default limit and is answered from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeHugeCrl, samplePerson, serialOfEntry } from "@honnin/synthetic-jpki";
import { verifyCertificate } from "honnin";
import { card, codeOf, jpki, now } from "./support.ts";

const octets = (serial: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, serial);
  return bytes;
};

test("a million entries: the last one is found, its neighbour is good", async () => {
  const time = new Date(now * 1000);
  const count = 1_000_000;
  const last = serialOfEntry(count - 1);
  const [revoked, good] = await Promise.all(
    [last, last + 1].map((serial) => jpki.issueSignCertificate(samplePerson, { serial: octets(serial) })),
  );
  assert.ok(revoked && good);
  const crl = makeHugeCrl({
    issuer: jpki.sign.current,
    thisUpdate: time,
    nextUpdate: new Date(time.getTime() + 86_400_000),
    count,
  });
  assert.ok(crl.length > 30_000_000);
  const options = card("sign", { crls: crl, require: "path" });
  assert.equal((await verifyCertificate(good.certificate, options)).revocation.status, "good");
  assert.equal(await codeOf(() => verifyCertificate(revoked.certificate, options)), "certificate-revoked");
});
