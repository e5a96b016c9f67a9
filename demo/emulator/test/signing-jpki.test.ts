// The synthetic JPKI behind the cards: its authorities, lists and OCSP, as OpenSSL judges them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { people } from "../src/index.js";
import { Cards, canSign, cardKinds } from "../src/signing/cards.js";
import { sha256, sign, signingClient } from "./signing-support.js";
import { emulator, RelyingParty } from "./support.js";

const shop = signingClient("signShop");
const op = await emulator({ clients: [shop], mode: "test-card" });
const party = await RelyingParty.of(op, shop);
const folder = mkdtempSync(join(tmpdir(), "emulator-jpki-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const found = spawnSync("openssl", ["version"]).status === 0;
const withOpenssl = { skip: found ? false : "NOTICE: openssl was not found" };
function file(name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
function openssl(...args: string[]) {
  const { stdout, stderr } = spawnSync("openssl", args);
  return `${stderr.toString()}${stdout.toString()}`;
}

const authorities = op.jpki.anchors
  .split(/(?<=-----END CERTIFICATE-----\n)/)
  .map((pem) => new X509Certificate(pem));
const [older, newer, nextCard] = authorities as [X509Certificate, X509Certificate, X509Certificate];
const crlOf = async (authority: string) => {
  const response = await fetch(`${op.origin}/emulator/jpki/sign.crl?authority=${authority}`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/pkix-crl");
  return new Uint8Array(await response.arrayBuffer());
};
const card = async (kind: string, person = "ordinary") =>
  (await sign(party, shop, sha256(Buffer.from(kind)), { card: kind, person })).certificate;

test("the anchors: three authorities of HONNIN-TEST, the same by HTTP", async () => {
  assert.equal(authorities.length, 3);
  assert.deepEqual(
    authorities.map(({ publicKey }) => publicKey.asymmetricKeyType),
    ["rsa", "rsa", "ec"],
  );
  for (const { subject, issuer } of authorities) {
    assert.match(subject, new RegExp(`^O=${op.jpki.organization}$`, "m"));
    assert.equal(subject, issuer);
  }
  assert.equal(op.jpki.organization, "HONNIN-TEST");
  assert.equal(op.jpki.nextCardPolicy, "2.999.392.20");
  const response = await fetch(`${op.origin}/emulator/jpki/anchors.pem`);
  assert.equal(response.headers.get("content-type"), "application/pem-certificate-chain");
  assert.equal(await response.text(), op.jpki.anchors);
});

test("the cards are issued by them, and name their holders", async () => {
  for (const kind of cardKinds) {
    const certificate = await card(kind);
    const authority = kind === "next-card" ? nextCard : newer;
    assert.equal(certificate.verify(authority.publicKey), true, kind);
    assert.ok(Date.parse(certificate.validFrom) < Date.now() && Date.now() < Date.parse(certificate.validTo));
    assert.ok(Buffer.from(certificate.raw).includes("本人　太郎"), kind);
  }
});

test("everybody who can sign has a certificate, also with months and days unknown", async () => {
  const cards = await Cards.of(new Date());
  for (const person of people.filter(canSign)) {
    const { certificate } = await cards.leaf(person, "normal");
    const { validTo } = new X509Certificate(certificate);
    assert.ok(Date.parse(validTo) > Date.now(), person.id);
  }
  assert.deepEqual(
    people.filter((person) => !canSign(person)).map(({ id }) => id),
    ["no-basic-items"],
  );
});

test("keys and serial numbers survive a restart within the year, and not the next one", async () => {
  const [first, again, later] = await Promise.all(
    ["2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z"].map((time) =>
      Cards.of(new Date(time)),
    ),
  );
  const [person] = people.filter(canSign);
  assert.ok(person !== undefined && first !== undefined && again !== undefined && later !== undefined);
  const der = async (cards: Cards) => Buffer.from((await cards.leaf(person, "normal")).certificate);
  assert.deepEqual(await der(first), await der(again));
  assert.notDeepEqual(await der(first), await der(later));
  assert.deepEqual(
    first.authorities.map(({ key }) => Buffer.from(key.spki)),
    later.authorities.map(({ key }) => Buffer.from(key.spki)),
  );
});

test("lists: signed by their authority; the revoked card is on one, no other is", withOpenssl, async () => {
  const serials = new Map<string, string>();
  for (const kind of cardKinds) serials.set(kind, (await card(kind)).serialNumber);
  for (const [generation, authority] of [
    ["02", older],
    ["03", newer],
    ["next-card", nextCard],
  ] as const) {
    const list = file(`${generation}.crl`, await crlOf(generation));
    const anchor = file(`${generation}.pem`, authority.toString());
    assert.match(openssl("crl", "-inform", "DER", "-in", list, "-CAfile", anchor, "-noout"), /verify OK/);
    const text = openssl("crl", "-inform", "DER", "-in", list, "-noout", "-text");
    assert.match(text, /Issuing Distribution Point: critical\s+Full Name:\s+DirName:.*Mihon-shi CRLDP/);
    const revoked = [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial]) => serial);
    for (const [kind, serial] of serials) {
      assert.equal(
        revoked.includes(serial),
        generation === "03" && kind === "revoked",
        `${generation} ${kind}`,
      );
    }
    if (generation === "03") assert.match(text, /Affiliation Changed/);
  }
});

test(
  "OpenSSL's chain with the list: the ordinary card is good, the revoked one is not",
  withOpenssl,
  async () => {
    const list = openssl("crl", "-inform", "DER", "-in", file("chain.crl", await crlOf("03")));
    const anchors = file("anchors.pem", newer.toString());
    const crl = file("chain.pem", list);
    const check = (certificate: X509Certificate) =>
      openssl(
        ...["verify", "-crl_check", "-CAfile", anchors, "-CRLfile", crl],
        file("leaf.pem", certificate.toString()),
      );
    assert.match(check(await card("normal")), /leaf\.pem: OK/);
    assert.match(check(await card("revoked")), /certificate revoked/);
  },
);

test("without authority: the list of today's; of an unknown one there is none", async () => {
  const response = await fetch(`${op.origin}/emulator/jpki/sign.crl`);
  const list = Buffer.from(await response.arrayBuffer());
  assert.ok(list.length > 0 && Math.abs(list.length - (await crlOf("03")).length) < 8);
  for (const authority of ["01", "", "auth"]) {
    const unknown = await fetch(`${op.origin}/emulator/jpki/sign.crl?authority=${authority}`);
    assert.equal(unknown.status, 404, authority);
  }
});

/** What the responder says of a certificate, or of a serial number. */
async function ocsp(authority: X509Certificate, ...subject: string[]): Promise<string> {
  const issuer = file("issuer.pem", authority.toString());
  const [request, answer] = [join(folder, "request.der"), join(folder, "response.der")];
  openssl("ocsp", "-issuer", issuer, ...subject, "-reqout", request);
  const response = await fetch(`${op.origin}/emulator/jpki/ocsp`, {
    method: "POST",
    headers: { "content-type": "application/ocsp-request" },
    body: readFileSync(request),
  });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "application/ocsp-response");
  writeFileSync(answer, new Uint8Array(await response.arrayBuffer()));
  return openssl(
    ...["ocsp", "-respin", answer, "-no_nonce"],
    ...["-issuer", issuer, "-CAfile", issuer, ...subject],
  );
}

test("OCSP: good, revoked, and unknown for what was never issued", withOpenssl, async () => {
  for (const [kind, authority, expected] of [
    ["normal", newer, /Response verify OK[\s\S]*: good/],
    ["revoked", newer, /Response verify OK[\s\S]*: revoked[\s\S]*affiliationChanged/],
    ["unknown-policy", newer, /Response verify OK[\s\S]*: good/],
    ["next-card", nextCard, /Response verify OK[\s\S]*: good/],
  ] as const) {
    const leaf = file("ocsp-leaf.pem", (await card(kind)).toString());
    assert.match(await ocsp(authority, "-cert", leaf), expected, kind);
  }
  assert.match(await ocsp(newer, "-serial", "0x5100FF00"), /Response verify OK[\s\S]*: unknown/);
  // The ordinary card's serial number, of an authority that did not issue it.
  const { serialNumber } = await card("normal");
  assert.match(await ocsp(older, "-serial", `0x${serialNumber}`), /: unknown/);
});

test("OCSP: what is no request gets an answer that says so, or is refused", async () => {
  const ask = (body: Uint8Array, type = "application/ocsp-request") =>
    fetch(`${op.origin}/emulator/jpki/ocsp`, { method: "POST", headers: { "content-type": type }, body });
  const answer = await ask(Buffer.from("no request"));
  // OCSPResponse { malformedRequest (1) } (RFC 6960 §4.2.1).
  assert.deepEqual(Buffer.from(await answer.arrayBuffer()).toString("hex"), "30030a0101");
  assert.equal((await ask(Buffer.from("x"), "text/plain")).status, 415);
  assert.equal((await ask(Buffer.alloc(70_000))).status, 413);
  assert.equal((await fetch(`${op.origin}/emulator/jpki/ocsp`)).status, 405);
});

test("OCSP: an outage to order", async () => {
  const ask = () =>
    fetch(`${op.origin}/emulator/jpki/ocsp`, {
      method: "POST",
      headers: { "content-type": "application/ocsp-request" },
      body: Buffer.from("no request"),
    });
  op.setFault("ocsp", "fail");
  assert.equal((await ask()).status, 500);
  op.setFault("ocsp", "oversized");
  assert.ok((await (await ask()).arrayBuffer()).byteLength > 2 * 1024 * 1024);
  op.setFault("ocsp", "none");
  assert.equal((await ask()).status, 200);
});

test("read from anywhere, but not under a foreign host name", async () => {
  const { port, host } = new URL(op.origin);
  const status = (path: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject);
      request.end();
    });
  for (const path of ["/emulator/jpki/anchors.pem", "/emulator/jpki/sign.crl"]) {
    assert.equal(await status(path, { host, "x-forwarded-for": "203.0.113.5" }), 200);
    assert.equal(await status(path, { host, origin: "https://shop.example" }), 200);
    assert.equal(await status(path, { host: "evil.example" }), 421);
  }
});
