// Whose certificates the tests believe: the emulator's authorities.
import type { Emulator } from "@honnin/emulator";
import { nextCardProfile } from "@honnin/synthetic-jpki";
import type { JpkiCertificateOptions, SignatureScheme } from "honnin";

/** What a certificate of the emulator has to be, under which a signature of this scheme was made. */
export function trustOf(
  { jpki }: Emulator,
  scheme: SignatureScheme,
): Omit<JpkiCertificateOptions, "revocation"> {
  const { anchors, organization } = jpki;
  return scheme === "ecdsa-p384-sha384"
    ? { anchors, profile: nextCardProfile }
    : { anchors, profile: "jpki-sign", cards: "test", organization };
}
