import type { JpkiCertificateOptions } from "honnin";
import type { ServiceKind, SignatureScheme } from "./data.ts";

/** Whose certificates this site believes: the same on its server and in the browser. */
export interface Trust {
  readonly service: ServiceKind;
  /** The authorities' certificates, in PEM. */
  readonly anchors: string;
}

export type TrustOptions = Pick<JpkiCertificateOptions, "anchors" | "profile" | "cards" | "organization">;

const emulated = "HONNIN-TEST";

/** What a certificate has to be, under which a signature of this scheme was made. */
export function trustOptions({ service, anchors }: Trust, scheme: SignatureScheme): TrustOptions {
  if (service !== "emulator") {
    return { anchors, profile: "jpki-sign", cards: service === "production" ? "production" : "test" };
  }
  // The next card's policies are not public yet: the emulator has some of the arc for examples (X.660).
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
