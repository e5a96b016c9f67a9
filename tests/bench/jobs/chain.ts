// The chain of a test card: honnin checks its profile as well, the others a chain of any kind.
import { verifyCertificate } from "honnin";
import type { CardFixture } from "../fixtures/types.ts";
import { bytesOf } from "../inside/bytes.ts";
import { job, type Variant } from "../job.ts";
import * as peers from "./chain-peers.ts";

type Leaf = Uint8Array<ArrayBuffer>;

const optionsOf = ({ organization, authorities: [anchor = ""] }: CardFixture) => ({
  profile: "jpki-sign" as const,
  cards: "test" as const,
  organization,
  anchors: [bytesOf(anchor)],
});

const honnin: Variant<CardFixture, Leaf>[] = [
  {
    name: "honnin",
    prepare: (fixture) => {
      const options = optionsOf(fixture);
      return async (leaf) => (await verifyCertificate(leaf, options)).path.length > 0;
    },
  },
  {
    name: "honnin, reference arithmetic",
    prepare: async (fixture, { reference }) => {
      const { initSync, verifyCertificate } = await import("reference:honnin");
      initSync({ module: reference.whole });
      const options = optionsOf(fixture);
      return async (leaf) => (await verifyCertificate(leaf, options)).path.length > 0;
    },
  },
];

export const chain = job<CardFixture, Leaf>({
  name: "chain",
  title: "chain of a test card, RSA-2048: parsing, signatures, validity; honnin with the JPKI profile",
  inputs: ({ leaf, flipped }) => ({ good: [bytesOf(leaf)], bad: [bytesOf(flipped)] }),
  variants: [...honnin, peers.nodeCrypto, peers.pkijs, peers.peculiar, peers.nodeForge],
  cannot: {
    "jose, fast-jwt": "read certificates only for their keys",
    WebCrypto: "reads no certificates",
    "@noble/curves": "reads no certificates",
  },
});
