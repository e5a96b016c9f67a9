// One serial number in a CRL with its signature; honnin also verifies the path of the certificate that has it.
import { verifyCertificate } from "honnin";
import type { CrlFixture, Listed } from "../fixtures/types.ts";
import { bytesOf } from "../inside/bytes.ts";
import { openX509Cert } from "../inside/x509-cert.ts";
import { type Job, type JobName, job, type Verify } from "../job.ts";

interface Question {
  readonly crl: Uint8Array<ArrayBuffer>;
  readonly certificate: Uint8Array<ArrayBuffer>;
  readonly serial: Uint8Array<ArrayBuffer>;
}

function inputs({ crl, flipAt, good, revoked }: CrlFixture) {
  const [valid, flipped] = [bytesOf(crl), bytesOf(crl)];
  flipped[flipAt] = (flipped[flipAt] ?? 0) ^ 1;
  const ask = (crl: Question["crl"], { certificate, serial }: Listed): Question => ({
    crl,
    certificate: bytesOf(certificate),
    serial: bytesOf(serial),
  });
  return { good: [ask(valid, good)], bad: [ask(valid, revoked), ask(flipped, good)] };
}

/** @param maxNodes of ASN.1; pkijs refuses more than 10,000 by default */
async function pkijs({ authority }: CrlFixture, maxNodes?: number): Promise<Verify<Question>> {
  const { fromBER } = await import("peer:asn1js");
  const { Certificate, CertificateRevocationList } = await import("peer:pkijs");
  const issuerCertificate = Certificate.fromBER(bytesOf(authority).buffer);
  return async ({ crl, serial }) => {
    const { offset, result } = fromBER(crl.buffer, maxNodes === undefined ? {} : { maxNodes });
    if (offset === -1) throw new Error(result.error);
    const list = new CertificateRevocationList({ schema: result });
    const listed = list.revokedCertificates?.some(({ userCertificate }) =>
      userCertificate.valueBlock.valueHexView.every((octet, at) => octet === serial[at]),
    );
    return listed !== true && (await list.verify({ issuerCertificate }));
  };
}

function crlJob(name: JobName, count: string): Job {
  return job<CrlFixture, Question>({
    name,
    title: `CRL of ${count} entries: one serial number, with the signature`,
    inputs,
    variants: [
      {
        name: "honnin",
        prepare: ({ authority }) => {
          const anchors = [bytesOf(authority)];
          return async ({ crl, certificate }) => {
            const revocation = { crls: [crl], require: "certificate" } as const;
            return (
              (await verifyCertificate(certificate, { anchors, revocation })).revocation.status === "good"
            );
          };
        },
      },
      {
        name: "x509-cert, reference arithmetic",
        prepare: ({ authoritySpki }, tools) => {
          const spki = bytesOf(authoritySpki);
          const { isGood } = openX509Cert(tools.x509Cert);
          return ({ crl, serial }) => isGood(crl, spki, serial);
        },
      },
      { name: "pkijs", prepare: (fixture) => pkijs(fixture) },
      {
        name: "pkijs, limit raised",
        prepare: (fixture) => {
          if (fixture.entries > 10_000) throw new Error("takes seconds for so many: see growth");
          return pkijs(fixture, Number.MAX_SAFE_INTEGER);
        },
      },
      {
        name: "@peculiar/x509",
        prepare: async ({ authority }) => {
          await import("peer:reflect-metadata");
          const { X509Certificate, X509Crl } = await import("peer:@peculiar/x509");
          const publicKey = new X509Certificate(bytesOf(authority));
          return async ({ crl, certificate }) => {
            const list = new X509Crl(crl);
            const revoked = list.findRevoked(new X509Certificate(certificate));
            return revoked === null && (await list.verify({ publicKey }));
          };
        },
      },
    ],
    cannot: {
      "node-forge": "reads no CRLs",
      "node:crypto": "reads no CRLs",
      "jose, fast-jwt, WebCrypto, @noble/curves": "read no CRLs",
    },
  });
}

export const crl = crlJob("crl", "100,000");
export const crlMillion = crlJob("crl-million", "1,000,000");
