// What JPKI's certificates say, with every name replaced: nothing made here can be taken for a real one.
import type { NamePart } from "./names.js";

/** 署名用 and 利用者証明用: two hierarchies that never mix. */
export type HierarchyName = "sign" | "auth";

export interface Profile {
  /** The subject of the CA, the same for every generation. */
  readonly authority: readonly NamePart[];
  /** issuerAltName of leaves, subjectAltName of the authority. */
  readonly japanese: readonly NamePart[];
  /** The policies of leaves. */
  readonly policies: { readonly production: string; readonly test: string };
}

/** Every issuer and responder has this organizationName; never JPKI, never JPKI-TEST. */
export const organization = "HONNIN-TEST";
/** A domain of RFC 2606, so no server ever responds there. */
export const cpsUri = "http://honnin-test.invalid/cps.html";
export const ocspUri = "http://ocsp.honnin-test.invalid";

// The first unit comes from the template: it distinguishes the hierarchies.
const authority = (unit: string): NamePart[] => [
  ["C", "JP"],
  ["O", organization],
  ["OU", unit],
  ["OU", "Emulator of honnin without any legal effect"],
];

const japanese = (unit: string): NamePart[] => [
  ["C", "JP"],
  ["O", "本人テスト模擬認証局"],
  ["OU", unit],
  ["OU", "実在しない試験用エミュレーター"],
];

export const profiles: Readonly<Record<HierarchyName, Profile>> = {
  sign: {
    authority: authority("JPKI for digital signature"),
    japanese: japanese("本人テスト模擬認証局署名用"),
    policies: { production: "1.2.392.200149.8.5.1.1.20", test: "1.2.392.200149.8.5.1.0.20" },
  },
  auth: {
    authority: authority("JPKI for user authentication"),
    japanese: japanese("本人テスト模擬認証局利用者証明用"),
    policies: { production: "1.2.392.200149.8.5.1.3.30", test: "1.2.392.200149.8.5.1.0.30" },
  },
};

/** Policies for the P-384 card. None are public: these lie in the arc for examples (X.660), 2.999. */
export const nextCardPolicies: Readonly<Record<HierarchyName, string>> = {
  sign: "2.999.392.20",
  auth: "2.999.392.30",
};

/**
 * The profile of the 署名用電子証明書 of the P-384 card, for verifiers that accept a custom profile: no verifier has it
 * built in.
 */
export const nextCardProfile = {
  name: "next-card",
  hierarchy: "sign",
  organization,
  policies: [nextCardPolicies.sign],
  keyUsage: ["digitalSignature", "nonRepudiation"],
  schemes: ["ecdsa-p384-sha384"],
} as const;

/** The name of the CRL of one municipality (cRLDistributionPoints and issuingDistributionPoint). */
export function municipalityCrl(
  hierarchy: HierarchyName,
  { prefecture, municipality }: { readonly prefecture: string; readonly municipality: string },
): NamePart[] {
  return [
    ...profiles[hierarchy].authority.slice(0, 3),
    ["OU", "CRL Distribution Points"],
    ["OU", prefecture],
    ["CN", `${municipality} CRLDP`],
  ];
}
