// One byte changed anywhere is noticed, and the code says where: ten years later, without a network.
import assert from "node:assert/strict";
import type { SignedPackageJson } from "honnin";
import { documentBytes, judge, type Kind, makePackage, now, rules, type Way, ways, year } from "./support.ts";

/** Numbers below `limit` that depend on the seed only (mulberry32). */
function numbers(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
let below = numbers(0);

function changed(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const at = below(copy.length);
  copy[at] = (copy[at] as number) ^ (1 + below(255));
  return copy;
}
const inBase64 = (text: string) => Buffer.from(changed(Buffer.from(text, "base64"))).toString("base64");

function inText(text: string): string {
  const at = below(text.length);
  for (;;) {
    const character = String.fromCharCode(0x20 + below(95));
    if (character !== text[at]) return text.slice(0, at) + character + text.slice(at + 1);
  }
}

interface Mutant {
  readonly package: SignedPackageJson;
  readonly document?: Uint8Array;
}
type Place =
  | "document"
  | "digest"
  | "signature"
  | "certificate"
  | "scheme"
  | "time"
  | "crl"
  | "ocsp response";

const isEvidence = (code: string) =>
  /^(crl-|ocsp-)/.test(code) ||
  ["revocation-unknown", "evidence-time-mismatch", "certificate-revoked"].includes(code);
const one =
  (...codes: readonly string[]) =>
  (code: string) =>
    codes.includes(code);

/** What may come of a change at each place. */
const allowed: Readonly<Record<Place, (code: string) => boolean>> = {
  document: one("document-mismatch"),
  digest: one("document-mismatch"),
  signature: one("signature-mismatch"),
  scheme: one("package-malformed", "algorithm-unsupported", "key-unsuitable", "signature-mismatch"),
  certificate: (code) =>
    code !== "valid" &&
    !isEvidence(code) &&
    !/^(document|evidence|package|timestamp|options|internal|not )/.test(code),
  time: one("evidence-time-mismatch", "evidence-in-future"),
  crl: isEvidence,
  "ocsp response": isEvidence,
};

const change: Readonly<Record<Place, (made: SignedPackageJson) => Mutant>> = {
  document: (made) => ({ package: made, document: changed(documentBytes) }),
  digest: (made) => ({
    package: { ...made, digest: { ...made.digest, value: inBase64(made.digest.value) } },
  }),
  signature: (made) => ({
    package: { ...made, signature: { ...made.signature, value: inBase64(made.signature.value) } },
  }),
  certificate: (made) => ({ package: { ...made, certificate: inBase64(made.certificate) } }),
  scheme: (made) => {
    const scheme = inText(made.signature.scheme) as typeof made.signature.scheme;
    return { package: { ...made, signature: { ...made.signature, scheme } } };
  },
  time: (made) => {
    const far = below(2) === 0 ? 20 * year : 1_000;
    const time = Math.abs((made.evidence.time ?? 0) + (1 + below(far)) * (below(2) === 0 ? 1 : -1));
    return { package: { ...made, evidence: { ...made.evidence, time } } };
  },
  crl: (made) => ({
    package: { ...made, evidence: { ...made.evidence, crls: made.evidence.crls.map(inBase64) } },
  }),
  "ocsp response": (made) => ({
    package: {
      ...made,
      evidence: { ...made.evidence, ocspResponses: made.evidence.ocspResponses.map(inBase64) },
    },
  }),
};

/** Most are of today's card: P-384 takes ten times as long. */
const share = (way: Way) => (way.scheme === "ecdsa-p384-sha384" ? 0.05 : 0.45);
const kinds: readonly Kind[] = ["ocsp", "crl", "both"];

/** `count` packages with one byte changed each. */
export async function judgeMutants(seed: number, count: number): Promise<void> {
  below = numbers(seed);
  const tally = new Map<string, number>();
  let made = 0;
  for (const way of ways) {
    const options = rules(way.leaf, now + 10 * year);
    for (const kind of kinds) {
      const whole = await makePackage(way, kind);
      assert.equal(await judge(whole, options), "valid", `${way.name}, ${kind}`);
      const { crls, ocspResponses } = whole.evidence;
      const places = (Object.keys(change) as Place[]).filter(
        (place) =>
          (place !== "crl" || crls.length > 0) && (place !== "ocsp response" || ocspResponses.length > 0),
      );
      const wanted = Math.ceil((count * share(way)) / kinds.length);
      for (let number = 0; number < wanted; number += 1, made += 1) {
        // Every other change is in the evidence or the certificate, which are the longest.
        const long = places.filter((place) => ["certificate", "crl", "ocsp response"].includes(place));
        const place = (number % 2 === 0 ? long[below(long.length)] : places[below(places.length)]) as Place;
        const mutant = change[place](whole);
        const code = await judge(mutant.package, {
          ...options,
          ...(mutant.document === undefined ? {} : { document: mutant.document }),
        });
        const known = `${place} → ${code}`;
        tally.set(known, (tally.get(known) ?? 0) + 1);
        if (!allowed[place](code)) {
          assert.fail(`${way.name}, ${kind}, number ${number}: ${known}\n${JSON.stringify(mutant.package)}`);
        }
      }
    }
  }
  assert.ok(made >= count, String(made));
  // The changes reached what they were meant for.
  for (const reached of [
    "signature → signature-mismatch",
    "scheme → algorithm-unsupported",
    "certificate → certificate-signature-mismatch",
    "certificate → certificate-malformed",
    "crl → crl-signature-mismatch",
    "crl → crl-malformed",
    "ocsp response → ocsp-signature-mismatch",
    "ocsp response → ocsp-responder-unauthorized",
    "ocsp response → ocsp-malformed",
    "time → evidence-time-mismatch",
    "time → evidence-in-future",
  ]) {
    assert.ok(tally.has(reached), `${reached} is not among ${[...tally.keys()].join(", ")}`);
  }
}

/** Each byte of every piece of evidence changed, one after another. */
export async function judgeEveryByteOfEvidence(seed: number): Promise<void> {
  below = numbers(seed);
  const [way] = ways as [Way];
  const whole = await makePackage(way, "both");
  const options = rules(way.leaf, now + 10 * year);
  for (const name of ["crls", "ocspResponses"] as const) {
    const [piece] = whole.evidence[name].map((text) => Uint8Array.from(Buffer.from(text, "base64")));
    assert.ok(piece !== undefined);
    for (const [at, byte] of piece.entries()) {
      const copy = Uint8Array.from(piece);
      copy[at] = byte ^ (1 << below(8));
      const evidence = { ...whole.evidence, [name]: [Buffer.from(copy).toString("base64")] };
      const code = await judge({ ...whole, evidence }, options);
      assert.ok(isEvidence(code), `byte ${at} of ${name}: ${code}`);
    }
  }
}
