// OpenSSL and another X.509 library accept the certificates under the right generation of the right hierarchy only.
import "reflect-metadata";
import assert from "node:assert/strict";
import { X509Certificate as NodeCertificate } from "node:crypto";
import { describe, test } from "node:test";
import { X509Certificate } from "@peculiar/x509";
import type { Leaf } from "../src/index.js";
import { certificatePem, samplePerson } from "../src/index.js";
import { at, file, jpki, openssl, withOpenssl } from "./support.js";

const { sign, auth } = jpki;
const leaves: Record<string, Leaf> = {
  sign: await jpki.issueSignCertificate(samplePerson),
  "sign-older": await jpki.issueSignCertificate(samplePerson, { authority: sign.generations[0] }),
  "sign-next": await jpki.issueSignCertificate(samplePerson, { authority: sign.nextCard }),
  auth: await jpki.issueAuthCertificate(samplePerson),
  "auth-older": await jpki.issueAuthCertificate(samplePerson, { authority: auth.generations[0] }),
  "auth-next": await jpki.issueAuthCertificate(samplePerson, { authority: auth.nextCard }),
};
const authorities = [sign, auth].flatMap(({ generations, nextCard }) => [...generations, nextCard]);

/** Path validation by OpenSSL, which does not understand the critical policy unless told to look at policies. */
function verify(leaf: Uint8Array, anchors: Uint8Array[], ...more: string[]) {
  return openssl(
    ...["verify", "-x509_strict", "-policy_check", ...at()],
    ...["-CAfile", file("anchors.pem", certificatePem(...anchors)), ...more],
    file("leaf.pem", certificatePem(leaf)),
  );
}

for (const [name, leaf] of Object.entries(leaves)) {
  describe(name, () => {
    test("its own authority alone accepts it", withOpenssl, () => {
      for (const authority of authorities) {
        const { ok, text } = verify(leaf.certificate, [authority.certificate]);
        assert.equal(
          ok,
          authority === leaf.authority,
          `${authority.hierarchy} ${authority.generation}: ${text}`,
        );
      }
    });
    test("every generation together accepts it", withOpenssl, () => {
      const all = authorities.map(({ certificate }) => certificate);
      assert.ok(verify(leaf.certificate, all).ok);
      assert.ok(verify(leaf.certificate, [...all].reverse()).ok);
    });
    test("@peculiar/x509 and Node agree on the signature", async () => {
      for (const authority of authorities) {
        const expected = authority === leaf.authority;
        const issuer = new NodeCertificate(authority.certificate);
        assert.equal(new NodeCertificate(leaf.certificate).verify(issuer.publicKey), expected);
        if (authority.key.kind !== leaf.authority.key.kind) continue;
        const publicKey = new X509Certificate(Buffer.from(authority.certificate)).publicKey;
        const certificate = new X509Certificate(Buffer.from(leaf.certificate));
        assert.equal(await certificate.verify({ publicKey, signatureOnly: true }), expected);
      }
    });
    test("Node finds the private key to be the certificate's", () => {
      assert.ok(new NodeCertificate(leaf.certificate).checkPrivateKey(leaf.key.privateKey));
    });
  });
}

test("OpenSSL's purposes and policies fit", withOpenssl, () => {
  const { text } = verify(
    leaves.auth?.certificate as Uint8Array,
    [auth.current.certificate],
    "-purpose",
    "sslclient",
  );
  assert.match(text, /OK/);
  const policy = (oid: string) =>
    verify(
      leaves.sign?.certificate as Uint8Array,
      [sign.current.certificate],
      "-explicit_policy",
      "-policy",
      oid,
    ).ok;
  assert.ok(policy("1.2.392.200149.8.5.1.0.20"));
  assert.equal(policy("1.2.392.200149.8.5.1.1.20"), false);
});
