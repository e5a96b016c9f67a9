// A chain of any kind, without a profile: three certificates, or as many as its inputs have.
import { verifyCertificate } from "honnin";
import type { ChainFixture } from "../fixtures/types.ts";
import { bytesOf } from "../inside/bytes.ts";
import { job } from "../job.ts";
import * as peers from "./chain-peers.ts";

export const plainChain = job<ChainFixture, Uint8Array<ArrayBuffer>>({
  name: "plain-chain",
  title: "chain of three certificates, RSA-2048, without a profile: parsing, signatures, validity",
  inputs: ({ leaf, flipped }) => ({ good: [bytesOf(leaf)], bad: [bytesOf(flipped)] }),
  variants: [
    {
      name: "honnin",
      prepare: ({ authorities }) => {
        const [anchor = new Uint8Array(), ...intermediates] = authorities.map(bytesOf);
        const options = { anchors: [anchor], intermediates };
        return async (leaf) => (await verifyCertificate(leaf, options)).path.length > 0;
      },
    },
    ...[peers.nodeCrypto, peers.pkijs, peers.peculiar, peers.nodeForge],
  ],
  cannot: {
    "jose, fast-jwt": "read certificates only for their keys",
    WebCrypto: "reads no certificates",
    "@noble/curves": "reads no certificates",
  },
});
