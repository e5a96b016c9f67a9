// One synthetic JPKI with a leaf of each kind, and what its certificates are verified with.
import { createSyntheticJpki, type Leaf, organization, samplePerson } from "@honnin/synthetic-jpki";
import type { CertificateOptions, HonninError, RevocationOptions } from "honnin";

const time = new Date("2026-11-20T03:00:00Z");
export const jpki = await createSyntheticJpki({ now: time, seed: "certificates" });
export const now = time.getTime() / 1000;
export const sign = await jpki.issueSignCertificate(samplePerson);
export const auth = await jpki.issueAuthCertificate(samplePerson);

export function card(kind: "sign" | "auth" = "sign", revocation?: RevocationOptions): CertificateOptions {
  return {
    anchors: jpki[kind].generations.map(({ certificate }) => certificate),
    profile: `jpki-${kind}`,
    cards: "test",
    organization,
    revocation,
    now,
  };
}

export const serialOf = (leaf: Leaf) => Buffer.from(leaf.serial).toString("hex").replace(/^00/, "");

/** The code that it is refused with; fails where that is no HonninError. */
export async function codeOf(call: () => Promise<unknown>): Promise<string> {
  try {
    await call();
    return "valid";
  } catch (error) {
    const { name, code, message } = error as HonninError;
    return name === "HonninError" ? code : `not a HonninError: ${name}: ${message}`;
  }
}
