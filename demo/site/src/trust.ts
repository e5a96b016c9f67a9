import type { JpkiCertificateOptions } from "honnin";
import type { ServiceKind, SignatureScheme } from "./data.ts";

/** The trust anchors of this site: the same on the server and in the browser. */
export interface Trust {
  readonly service: ServiceKind;
  /** The CA certificates in PEM. */
  readonly anchors: string;
}

export type TrustOptions = Pick<JpkiCertificateOptions, "anchors" | "profile" | "cards" | "organization">;

const emulated = "HONNIN-TEST";

/** The certificate options for a signature of this scheme. */
export function trustOptions({ service, anchors }: Trust, scheme: SignatureScheme): TrustOptions {
  if (service !== "emulator") {
    return { anchors, profile: "jpki-sign", cards: service === "production" ? "production" : "test" };
  }
  // The policies of next-generation cards are not public yet: the emulator uses OIDs of the arc for examples (X.660).
  if (scheme === "ecdsa-p384-sha384") {
    return {
      anchors,
      profile: {
        name: "honnin-test-next-card",
        hierarchy: "sign",
        organization: emulated,
        policies: ["2.999.392.20"],
        keyUsage: ["digitalSignature", "nonRepudiation"],
        schemes: ["ecdsa-p384-sha384"],
      },
    };
  }
  return { anchors, profile: "jpki-sign", cards: "test", organization: emulated };
}
