// The synthetic certificates have the shape of those that J-LIS issues: compared with the real test card's.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { children, content, descend, type Element, element, whole } from "../src/asn1/read.js";
import { createSyntheticJpki, digest, type Leaf, profiles, samplePerson } from "../src/index.js";
import { file, jpki, now, openssl, realCard, withOpenssl } from "./support.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
/** The paths of fields of TBSCertificate. */
const field = {
  serial: 1,
  signature: 2,
  issuer: 3,
  validity: 4,
  subject: 5,
  spki: 6,
  extensions: 7,
} as const;

interface Extension {
  oid: string;
  critical: boolean;
  value: Uint8Array;
}

function extensions(certificate: Uint8Array): Extension[] {
  return children(descend(certificate, 0, field.extensions, 0)).map((one) => {
    const parts = children(one);
    const [first, last] = [parts[0], parts.at(-1)];
    assert.ok(first && last);
    return { oid: hex(content(first)), critical: parts.length === 3, value: content(last) };
  });
}

const extension = (certificate: Uint8Array, oid: string) => {
  const found = extensions(certificate).find((one) => one.oid === oid);
  assert.ok(found, `extension ${oid}`);
  return found.value;
};

/** The tree of tags, without lengths and values; what a constructed tag holds is inside its brackets. */
function shape(of: Element): string {
  const tag = of.tag.toString(16).padStart(2, "0");
  return (of.tag & 0x20) === 0 ? tag : `${tag}[${children(of).map(shape).join(" ")}]`;
}

/** The same, and the shape of what each extension's OCTET STRING holds. */
function wholeShape(certificate: Uint8Array): string {
  return [
    shape(element(certificate)),
    ...extensions(certificate).map(
      ({ oid, critical, value }) => `${oid}${critical ? "!" : ""} ${shape(element(value))}`,
    ),
  ].join("\n");
}

const sign = await jpki.issueSignCertificate(samplePerson);
const auth = await jpki.issueAuthCertificate(samplePerson);
const next = await jpki.issueSignCertificate(samplePerson, { authority: jpki.sign.nextCard });

describe("the shape of certificates", () => {
  test("a sign leaf is like the test card's: tags, order, criticality", { skip: realCard.skip }, () => {
    assert.equal(wholeShape(sign.certificate), wholeShape(realCard.read("sign.cer")));
  });

  test("an authority is like the test authorities", { skip: realCard.skip }, () => {
    for (const name of ["signca-test-2024.cer", "signca-test-2019.cer"])
      assert.equal(wholeShape(jpki.sign.current.certificate), wholeShape(realCard.read(name)));
    for (const name of ["authca-test-2019.cer", "authca-test-2023.cer"])
      assert.equal(wholeShape(jpki.auth.current.certificate), wholeShape(realCard.read(name)));
  });

  test("values that do not name anyone are the test card's own", { skip: realCard.skip }, () => {
    const real = realCard.read("sign.cer");
    for (const part of [0, field.signature])
      assert.deepEqual(whole(descend(sign.certificate, 0, part)), whole(descend(real, 0, part)));
    assert.deepEqual(whole(descend(sign.certificate, 1)), whole(descend(real, 1)));
    assert.equal(hex(extension(sign.certificate, "551d0f")), hex(extension(real, "551d0f")));
    // The policy's OID; its pointer to a practice statement is not the real one's.
    const policy = (certificate: Uint8Array) => whole(descend(extension(certificate, "551d20"), 0, 0));
    assert.deepEqual(policy(sign.certificate), policy(real));
    const arcs = (certificate: Uint8Array) =>
      children(element(extension(certificate, "551d11"))).map((name) =>
        hex(content(children(name)[0] as Element)),
      );
    assert.deepEqual(arcs(sign.certificate), arcs(real));
  });

  test("key usages are the octets of the facts", () => {
    assert.equal(hex(extension(sign.certificate, "551d0f")), "030206c0");
    assert.equal(hex(extension(auth.certificate, "551d0f")), "03020780");
    assert.equal(hex(extension(jpki.sign.current.certificate, "551d0f")), "03020106");
  });

  test("an auth leaf has the extensions of the facts, in order", () => {
    assert.deepEqual(
      extensions(auth.certificate).map(({ oid, critical }) => `${oid}${critical ? "!" : ""}`),
      [...["551d0f!", "551d25", "551d20!", "551d12", "551d1f"], ...["2b06010505070101", "551d23", "551d0e"]],
    );
    assert.equal(hex(extension(auth.certificate, "551d25")), "300a06082b06010505070302");
    const subject = children(descend(auth.certificate, 0, field.subject));
    assert.equal(subject.length, 2);
  });

  test("both key identifiers are SHA-1 of the keys' bits, and the issuer's serial and name are named", () => {
    const bits = (certificate: Uint8Array) => content(descend(certificate, 0, field.spki, 1)).subarray(1);
    for (const leaf of [sign, auth, next]) {
      assert.deepEqual(
        content(element(extension(leaf.certificate, "551d0e"))),
        digest("sha1", bits(leaf.certificate)),
      );
      const aki = children(element(extension(leaf.certificate, "551d23")));
      const issuer = leaf.authority.certificate;
      assert.deepEqual(content(aki[0] as Element), digest("sha1", bits(issuer)));
      assert.deepEqual(
        whole(children(children(aki[1] as Element)[0] as Element)[0] as Element),
        whole(descend(issuer, 0, field.subject)),
      );
      assert.deepEqual(content(aki[2] as Element), content(descend(issuer, 0, field.serial)));
    }
  });

  test("generations share the name and nothing else", () => {
    for (const { generations, nextCard } of [jpki.sign, jpki.auth]) {
      const all = [...generations, nextCard];
      const distinct = (of: (certificate: Uint8Array) => Uint8Array) =>
        new Set(all.map(({ certificate }) => hex(of(certificate)))).size;
      assert.equal(
        distinct((certificate) => whole(descend(certificate, 0, field.subject))),
        1,
      );
      for (const part of [field.serial, field.validity, field.spki])
        assert.equal(
          distinct((certificate) => whole(descend(certificate, 0, part))),
          3,
        );
    }
  });

  test("no name is a real one's", () => {
    for (const { certificate } of [sign, auth, next, jpki.sign.current, jpki.auth.current]) {
      const bytes = Buffer.from(certificate);
      assert.doesNotMatch(bytes.toString("utf8"), /JPKI-TEST|公的個人認証|地方公共団体|Japan Agency|go\.jp/);
      // Every organizationName, of all the names in the certificate.
      const organizationName = Buffer.from("060355040a0c", "hex");
      const found = new Set<string>();
      for (let at = bytes.indexOf(organizationName); at >= 0; at = bytes.indexOf(organizationName, at + 1))
        found.add(bytes.subarray(at + 7, at + 7 + (bytes[at + 6] ?? 0)).toString("utf8"));
      assert.deepEqual([...found], ["HONNIN-TEST", "本人テスト模擬認証局"]);
    }
  });

  test("OpenSSL reads the same", withOpenssl, () => {
    const { text } = openssl("asn1parse", "-inform", "der", "-in", file("sign.der", sign.certificate));
    assert.match(text, /PRINTABLESTRING +:JP/);
    assert.match(text, /UTF8STRING +:HONNIN-TEST\n/);
    assert.match(text, /UTCTIME +:310723145959Z/);
  });
});

describe("validity", () => {
  const notAfter = async (birthDate: string, issued: string, years?: number) =>
    (
      await jpki.issueSignCertificate(
        { ...samplePerson, birthDate },
        { issued: new Date(issued), key: sign.key, ...(years === undefined ? {} : { years }) },
      )
    ).notAfter.toISOString();

  test("ends with the holder's fifth birthday after issue, in Japan", async () => {
    // The test card's own dates.
    assert.equal(await notAfter("19800217", "2025-10-27T01:35:57Z"), "2030-02-17T14:59:59.000Z");
    assert.equal(await notAfter("19800217", "2026-02-16T00:00:00Z"), "2030-02-17T14:59:59.000Z");
    assert.equal(await notAfter("19800217", "2026-02-18T00:00:00Z"), "2031-02-17T14:59:59.000Z");
  });
  test("ten birthdays on the next card", () => {
    assert.equal(next.notAfter.getTime() > now.getTime() + 9 * 365 * 86_400_000, true);
    assert.equal(next.notAfter.toISOString().slice(4), "-07-23T14:59:59.000Z");
  });
  test("29 February, and days that are not known", async () => {
    assert.equal(await notAfter("19920229", "2026-03-05T00:00:00Z"), "2031-02-28T14:59:59.000Z");
    assert.equal(await notAfter("19920229", "2023-03-05T00:00:00Z"), "2028-02-29T14:59:59.000Z");
    assert.equal(await notAfter("319800000", "2026-03-05T00:00:00Z"), "2030-12-31T14:59:59.000Z");
  });
});

describe("the seed", () => {
  test("gives the same bytes again, and another seed others", async () => {
    const make = async (seed: string): Promise<[Uint8Array, Leaf]> => {
      const again = await createSyntheticJpki({ now, seed });
      return [again.auth.nextCard.certificate, await again.issueSignCertificate(samplePerson)];
    };
    const [one, two, other] = [await make("a"), await make("a"), await make("b")];
    assert.deepEqual(one[0], two[0]);
    assert.deepEqual(one[1].certificate, two[1].certificate);
    assert.notDeepEqual(one[1].certificate, other[1].certificate);
  });
  test("policies are the facts' test policies, or those asked for", async () => {
    assert.equal(profiles.sign.policies.test, "1.2.392.200149.8.5.1.0.20");
    const { production } = profiles.auth.policies;
    const leaf = await jpki.issueAuthCertificate(samplePerson, { policies: [production], key: auth.key });
    assert.equal(hex(extension(leaf.certificate, "551d20")).includes("060b2a83088c9b55080501031e"), true);
  });
});
