import { createPrivateKey, X509Certificate } from "node:crypto";
import { makeServerCertificate } from "@honnin/synthetic-jpki";
import { EmulatorError } from "./errors.js";
import { isEverywhere, ownAddresses } from "./origin.js";

/** A certificate of one's own, in PEM, with its chain if it has one, and its private key. */
export interface TlsFiles {
  readonly certificate: string;
  readonly key: string;
}

/**
 * What the server needs for https: the given certificate, or with `true` one that is made now for the addresses of this machine.
 *
 * @throws EmulatorError `certificate-invalid`
 */
export function tlsFor(https: true | TlsFiles, host: string, publicOrigin: string | undefined): TlsFiles {
  if (https !== true) return checked(https);
  const names = new Set(["localhost", "127.0.0.1", ...(isEverywhere(host) ? ownAddresses() : [host])]);
  if (publicOrigin !== undefined) names.add(new URL(publicOrigin).hostname.replace(/^\[|\]$/g, ""));
  // Real time, whatever clock the emulator has: browsers use theirs.
  return makeServerCertificate([...names], new Date());
}

function checked({ certificate, key }: TlsFiles): TlsFiles {
  let fits: boolean;
  try {
    fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch {
    fits = false;
  }
  if (!fits) {
    throw new EmulatorError("certificate-invalid", {
      ja: "証明書（PEM）とその秘密鍵の組として読めません。証明書のファイルと鍵のファイルを取り違えていないか確かめてください。",
      en: "This is no certificate in PEM with its private key. Check that the two files are not exchanged, and that they belong together.",
    });
  }
  return { certificate, key };
}
