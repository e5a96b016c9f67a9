// A certificate for a TLS server on a developer's machine. Not of the JPKI: Node's crypto reads certificates and makes none.
import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { GeneralName } from "@peculiar/asn1-x509";
import { oid } from "../asn1/oids.js";
import { keyPair } from "../keys/key-pair.js";
import { newEcKeyPair } from "../keys/new-key-pair.js";
import { signerOf } from "../keys/signer.js";
import { pem } from "../pem.js";
import { makeCertificate } from "./certificate.js";
import {
  basicConstraints,
  extKeyUsage,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions.js";
import { distinguishedName } from "./names.js";
import { organization } from "./profile.js";

const DAY = 86_400_000;

export interface ServerCertificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM, PKCS #8. */
  readonly key: string;
}

/**
 * A new key (P-256) and its certificate, which names itself as its issuer and can issue none: whoever trusts it trusts this
 * server only. Valid for 30 days.
 *
 * @param names host names and IP addresses
 */
export function makeServerCertificate(names: readonly string[], now: Date): ServerCertificate {
  const { privateKey } = newEcKeyPair("P-256");
  const key = keyPair("p256", privateKey.export({ format: "jwk" }));
  const name = distinguishedName([
    ["O", organization],
    ["CN", "honnin-emulator"],
  ]);
  const serial = randomBytes(16);
  // Positive, and without a zero in front (X.690 §8.3.2).
  serial.writeUInt8((serial.readUInt8(0) & 0x3f) | 0x40, 0);
  const start = Math.floor(now.getTime() / 1000) * 1000;
  const certificate = makeCertificate(
    {
      serial: new Uint8Array(serial),
      issuer: name,
      subject: name,
      // Clocks of phones may be slow.
      notBefore: new Date(start - DAY),
      notAfter: new Date(start + 30 * DAY),
      spki: key.spki,
      extensions: [
        basicConstraints(false),
        keyUsage(["digitalSignature"]),
        extKeyUsage([oid.serverAuth]),
        subjectAltName(
          names.map((name) => new GeneralName(isIP(name) === 0 ? { dNSName: name } : { iPAddress: name })),
        ),
        subjectKeyIdentifier(key.keyIdentifier),
      ],
    },
    signerOf(key),
  );
  return {
    certificate: pem("CERTIFICATE", certificate),
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}
