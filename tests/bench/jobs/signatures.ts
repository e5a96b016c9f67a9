// Bare signatures, of a key that is in use: what every verification above them rests on.
import { type SignatureScheme, verifySignature } from "honnin";
import type { SignatureFixture } from "../fixtures/types.ts";
import { bytesOf, pemOf } from "../inside/bytes.ts";
import { type Job, job, type Variant } from "../job.ts";
import { ecdsaKey, ecdsaWith } from "./by-hand.ts";

interface Signed {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

type One = Variant<SignatureFixture, Signed>;

const inputs = ({ cases, flipped }: SignatureFixture) => {
  const read = ({ data, signature }: SignatureFixture["cases"][number]): Signed => ({
    data: bytesOf(data),
    signature: bytesOf(signature),
  });
  return { good: cases.map(read), bad: flipped.map(read) };
};

function honnin(scheme: SignatureScheme): One[] {
  const raw = scheme.startsWith("ecdsa") ? ({ ecdsaForm: "raw" } as const) : {};
  return [
    {
      name: "honnin",
      prepare: ({ spki }) => {
        const about = { publicKey: bytesOf(spki), scheme, ...raw };
        return async (signed) => (await verifySignature({ ...about, ...signed })).scheme === scheme;
      },
    },
    {
      name: "honnin, reference arithmetic",
      prepare: async ({ spki }, { reference }) => {
        const { initSync, verifySignature } = await import("reference:honnin");
        initSync({ module: reference.whole });
        const about = { publicKey: bytesOf(spki), scheme, ...raw };
        return async (signed) => (await verifySignature({ ...about, ...signed })).scheme === scheme;
      },
    },
  ];
}

function webCrypto(
  forImport: RsaHashedImportParams | EcKeyImportParams,
  forUse: AlgorithmIdentifier | EcdsaParams,
): One {
  return {
    name: "WebCrypto, imported key",
    prepare: async ({ spki }) => {
      const key = await crypto.subtle.importKey("spki", bytesOf(spki), forImport, false, ["verify"]);
      return ({ data, signature }) => crypto.subtle.verify(forUse, key, signature, data);
    },
  };
}

function nodeCrypto(hash: string): One {
  return {
    name: "node:crypto",
    prepare: async ({ spki }) => {
      const { createPublicKey, verify } = await import("node:crypto");
      const key = createPublicKey(pemOf("PUBLIC KEY", spki));
      const how = key.asymmetricKeyType === "ec" ? ({ dsaEncoding: "ieee-p1363" } as const) : {};
      return ({ data, signature }) => verify(hash, data, { key, ...how }, signature);
    },
  };
}

function noble(curve: "p256" | "p384"): One {
  return {
    name: "@noble/curves",
    prepare: async ({ point = "" }) => {
      const { verify } = (await import("peer:@noble/curves/nist.js"))[curve];
      const key = bytesOf(point);
      return ({ data, signature }) => verify(signature, data, key, { lowS: false });
    },
  };
}

function nodeForge(): One {
  return {
    name: "node-forge",
    prepare: async ({ spki }) => {
      const { default: forge } = await import("peer:node-forge");
      const binary = (bytes: Uint8Array) => String.fromCharCode(...bytes);
      const key = forge.pki.publicKeyFromAsn1(forge.asn1.fromDer(binary(bytesOf(spki))));
      return ({ data, signature }) => {
        const digest = forge.md.sha256.create().update(binary(data)).digest().getBytes();
        return key.verify(digest, binary(signature));
      };
    },
  };
}

const without = {
  "jose, fast-jwt": "verify tokens, not bare signatures",
  "pkijs, @peculiar/x509": "leave bare signatures to WebCrypto",
};

function ecdsa(name: "p256" | "p384", title: string, curve: string, bits: "256" | "384"): Job {
  return job<SignatureFixture, Signed>({
    name,
    title,
    inputs,
    variants: [
      ...honnin(`ecdsa-p${bits}-sha${bits}` as SignatureScheme),
      webCrypto(ecdsaKey(curve), ecdsaWith(`SHA-${bits}`)),
      nodeCrypto(`sha${bits}`),
      noble(name),
    ],
    cannot: { ...without, "node-forge": "has no ECDSA" },
  });
}

export const p256 = ecdsa("p256", "ECDSA P-256 with SHA-256, 560 bytes, key in use", "P-256", "256");
export const p384 = ecdsa("p384", "ECDSA P-384 with SHA-384, 560 bytes, key in use", "P-384", "384");

const pkcs1 = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export const rsa = job<SignatureFixture, Signed>({
  name: "rsa",
  title: "RSA-2048 PKCS #1 v1.5 with SHA-256, 560 bytes, key in use",
  inputs,
  variants: [...honnin("rsa-pkcs1-sha256"), webCrypto(pkcs1, pkcs1.name), nodeCrypto("sha256"), nodeForge()],
  cannot: { ...without, "@noble/curves": "has no RSA" },
});
