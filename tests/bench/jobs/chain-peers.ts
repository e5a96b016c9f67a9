// How the peers verify a chain of certificates, of any length.
import type { ChainFixture } from "../fixtures/types.ts";
import { bytesOf } from "../inside/bytes.ts";
import type { Variant } from "../job.ts";

type Peer = Variant<ChainFixture, Uint8Array<ArrayBuffer>>;

/** From the issuer of the leaf up to the trust anchor. */
const upwards = ({ authorities }: ChainFixture) => authorities.map(bytesOf).reverse();

export const nodeCrypto: Peer = {
  name: "node:crypto X509Certificate",
  prepare: async (fixture) => {
    const { X509Certificate } = await import("node:crypto");
    const authorities = upwards(fixture);
    return (leaf) => {
      const now = Date.now();
      const chain = [leaf, ...authorities].map((der) => new X509Certificate(der));
      return chain.every((one, at) => {
        if (!(Date.parse(one.validFrom) <= now && now <= Date.parse(one.validTo))) return false;
        const issuer = chain[at + 1];
        return issuer === undefined || (one.checkIssued(issuer) && one.verify(issuer.publicKey));
      });
    };
  },
};

export const pkijs: Peer = {
  name: "pkijs",
  prepare: async (fixture) => {
    const { Certificate, CertificateChainValidationEngine } = await import("peer:pkijs");
    const authorities = upwards(fixture).reverse();
    return async (leaf) => {
      const [anchor, ...rest] = [...authorities, leaf].map((der) => Certificate.fromBER(der.buffer));
      const about = { trustedCerts: [anchor as (typeof rest)[number]], certs: rest, checkDate: new Date() };
      return (await new CertificateChainValidationEngine(about).verify()).result;
    };
  },
};

export const peculiar: Peer = {
  name: "@peculiar/x509",
  prepare: async (fixture) => {
    await import("peer:reflect-metadata");
    const { X509Certificate, X509ChainBuilder } = await import("peer:@peculiar/x509");
    const authorities = upwards(fixture);
    return async (leaf) => {
      const [first, ...others] = [leaf, ...authorities].map((der) => new X509Certificate(der));
      if (first === undefined) return false;
      const chain = await new X509ChainBuilder({ certificates: others }).build(first);
      if (chain.length !== others.length + 1) return false;
      const date = new Date();
      for (const [at, one] of chain.entries()) {
        const issuer = chain[at + 1];
        if (issuer !== undefined && !(await one.verify({ publicKey: issuer, date }))) return false;
      }
      return true;
    };
  },
};

export const nodeForge: Peer = {
  name: "node-forge",
  prepare: async (fixture) => {
    const { default: forge } = await import("peer:node-forge");
    const authorities = upwards(fixture);
    const read = (der: Uint8Array) =>
      forge.pki.certificateFromAsn1(forge.asn1.fromDer(String.fromCharCode(...der)));
    return (leaf) => {
      const chain = [leaf, ...authorities].map(read);
      const store = forge.pki.createCaStore(chain.slice(-1));
      return forge.pki.verifyCertificateChain(store, chain);
    };
  },
};
