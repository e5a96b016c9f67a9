// Whose certificates the tests believe: the emulator's authorities.
import type { Emulator } from "@honnin/emulator";
import type { JpkiCertificateOptions, SignatureScheme } from "honnin";

/** What a certificate of the emulator has to be, under which a signature of this scheme was made. */
export function trustOf(
  { jpki }: Emulator,
  scheme: SignatureScheme,
): Omit<JpkiCertificateOptions, "revocation"> {
  const { anchors, organization, nextCardPolicy } = jpki;
  if (scheme !== "ecdsa-p384-sha384")
    return { anchors, profile: "jpki-sign", environment: "test", organization };
  return {
    anchors,
    profile: {
      name: "next-card",
      hierarchy: "sign",
      organization,
      policies: [nextCardPolicy],
      keyUsage: ["digitalSignature", "nonRepudiation"],
      algorithms: [scheme],
    },
  };
}
