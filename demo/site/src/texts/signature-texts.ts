import type { DigestFacts, SignatureScheme } from "../data.ts";

/** Texts for a signature, its certificates and its document, for signing and verification. */
export interface SignatureTexts {
  readonly document: {
    readonly title: string;
    readonly name: string;
    readonly type: string;
    readonly size: string;
    readonly sizeUnknown: string;
    readonly download: string;
  };
  hash(algorithm: DigestFacts["algorithm"]): string;
  bytes(number: number): string;
  readonly method: string;
  readonly schemes: Readonly<Record<SignatureScheme, string>>;

  readonly chain: {
    readonly title: string;
    readonly label: string;
    /** The diagram as text. */
    summary(facts: ChainSummary): string;
    readonly authority: string;
    readonly intermediate: string;
    readonly certificate: string;
    readonly document: string;
    readonly issues: string;
    readonly signs: string;
    readonly issuer: string;
    readonly generation: string;
    generationOf(generation: string): string;
    readonly unknownAuthority: string;
    readonly validity: string;
    period(from: string, until: string): string;
    /** A person's certificate expires on their birthday. */
    someDay(year: number): string;
    readonly untilHint: string;
    readonly serial: string;
    readonly fingerprint: string;
    readonly cards: string;
    readonly cardTypes: Readonly<Record<"production" | "test" | "none", string>>;
  };

  readonly revocation: {
    readonly title: string;
    readonly statuses: Readonly<Record<"good" | "unknown" | "not-checked" | "revoked", string>>;
    readonly meanings: Readonly<Record<"good" | "unknown" | "not-checked" | "revoked", string>>;
    readonly evidence: string;
    evidenceOf(crls: number, ocspResponses: number): string;
    readonly noEvidence: string;
    readonly asOf: string;
    readonly revokedAt: string;
  };

  readonly holder: {
    readonly title: string;
    readonly hidden: string;
    readonly show: string;
    readonly hide: string;
    readonly missing: string;
    readonly unreadable: string;
    substituted(count: number): string;
  };

  readonly checksTitle: string;
}

export interface ChainSummary {
  readonly authority: string;
  readonly document: string;
  readonly revocation: string;
}
