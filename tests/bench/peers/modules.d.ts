// What the benchmark uses of its peers. They are installed by `npm run bench` only, so their own types may be missing.

declare module "peer:jose" {
  export { createLocalJWKSet, importJWK, jwtVerify } from "jose";
}

/** A second copy of honnin, for the module with other arithmetic. */
declare module "reference:honnin" {
  export * from "honnin/slim";
}

declare module "peer:fast-jwt" {
  interface Options {
    readonly key: string;
    readonly algorithms: readonly string[];
    readonly allowedIss: string;
    readonly allowedAud: string;
    readonly allowedNonce: string;
    readonly cache: boolean;
  }
  export function createVerifier(options: Options): (token: string) => { readonly nonce?: string };
}

declare module "peer:@noble/curves/nist.js" {
  interface Curve {
    /** @param signature r‖s */
    verify(
      signature: Uint8Array,
      data: Uint8Array,
      point: Uint8Array,
      options: { readonly lowS: boolean },
    ): boolean;
  }
  export const p256: Curve;
  export const p384: Curve;
}

declare module "peer:pkijs" {
  export class Certificate {
    readonly issuer: unknown;
    static fromBER(der: ArrayBuffer): Certificate;
  }
  export class CertificateChainValidationEngine {
    constructor(options: {
      readonly trustedCerts: readonly Certificate[];
      readonly certs: readonly Certificate[];
      readonly checkDate: Date;
    });
    verify(): Promise<{ readonly result: boolean }>;
  }
  export class CertificateRevocationList {
    constructor(options: { readonly schema: unknown });
    readonly revokedCertificates?: readonly {
      readonly userCertificate: { readonly valueBlock: { readonly valueHexView: Uint8Array } };
    }[];
    verify(options: { readonly issuerCertificate: Certificate }): Promise<boolean>;
  }
}

declare module "peer:asn1js" {
  export function fromBER(
    der: ArrayBuffer,
    options: { readonly maxNodes?: number },
  ): { readonly offset: number; readonly result: { readonly error: string } };
}

declare module "peer:reflect-metadata" {}

declare module "peer:@peculiar/x509" {
  export class X509Certificate {
    constructor(der: Uint8Array);
    verify(options: { readonly publicKey: X509Certificate; readonly date: Date }): Promise<boolean>;
  }
  export class X509ChainBuilder {
    constructor(options: { readonly certificates: readonly X509Certificate[] });
    build(certificate: X509Certificate): Promise<readonly X509Certificate[]>;
  }
  export class X509Crl {
    constructor(der: Uint8Array);
    findRevoked(certificate: X509Certificate): unknown;
    verify(options: { readonly publicKey: X509Certificate }): Promise<boolean>;
  }
}

declare module "peer:node-forge" {
  interface Key {
    verify(digest: string, signature: string): boolean;
  }
  const forge: {
    readonly asn1: { fromDer(binary: string): unknown };
    readonly md: {
      readonly sha256: {
        create(): { update(binary: string): { digest(): { getBytes(): string } } };
      };
    };
    readonly pki: {
      publicKeyFromAsn1(asn1: unknown): Key;
      certificateFromAsn1(asn1: unknown): unknown;
      createCaStore(certificates: readonly unknown[]): unknown;
      verifyCertificateChain(store: unknown, chain: readonly unknown[]): boolean;
    };
  };
  export default forge;
}
