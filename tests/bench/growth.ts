// How the time grows with the input, in Node.
import { openNode } from "./environments/node.ts";
import { crlFixture } from "./fixtures/card.ts";
import { save } from "./fixtures/index.ts";
import { plainChainFixture } from "./fixtures/plain-chain.ts";
import { tokenFixture } from "./fixtures/tokens.ts";
import type { JobName } from "./job.ts";
import type { Options } from "./options.ts";
import { progress } from "./progress.ts";
import type { Growth } from "./results.ts";
import { summary } from "./statistics.ts";

interface Family {
  readonly title: string;
  readonly of: string;
  readonly job: JobName;
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly make: (size: number) => unknown;
}

const families: readonly Family[] = [
  {
    title: "size of the token",
    of: "bytes of a claim",
    job: "id-token",
    names: ["honnin", "jose, imported key", "fast-jwt"],
    sizes: [0, 1_000, 4_000, 16_000, 40_000],
    make: (bytes) => tokenFixture({ bytes }),
  },
  {
    title: "keys in the set",
    of: "keys",
    job: "id-token",
    names: ["honnin", "jose, JWK Set"],
    sizes: [1, 4, 16, 64],
    make: (keys) => tokenFixture({ keys: keys - 1 }),
  },
  {
    title: "length of the chain",
    of: "certificates",
    job: "plain-chain",
    names: ["honnin", "node:crypto X509Certificate", "pkijs", "@peculiar/x509", "node-forge"],
    sizes: [2, 3, 5, 8],
    make: (length) => plainChainFixture({ length }),
  },
  {
    title: "policies in each of three certificates",
    of: "policies",
    job: "plain-chain",
    names: ["honnin", "node:crypto X509Certificate", "pkijs"],
    sizes: [0, 1, 8, 32],
    make: (policies) => plainChainFixture({ policies }),
  },
  {
    title: "entries of the CRL",
    of: "entries",
    job: "crl",
    names: ["honnin", "x509-cert, reference arithmetic", "pkijs, limit raised", "@peculiar/x509"],
    sizes: [100, 1_000, 10_000, 100_000],
    make: crlFixture,
  },
];

export async function measureGrowth({ quick, plan }: Options): Promise<Growth[]> {
  const node = await openNode();
  const few = { ...plan, rounds: quick ? 3 : 9 };
  const results: Growth[] = [];
  for (const { title, of, job, names, sizes, make } of families) {
    const points: Growth["points"][number][] = [];
    for (const at of sizes) {
      const fixture = save("growth", await make(at));
      const rows = await progress(`${at} ${of}`, () => node.run(job, fixture, { ...few, only: names }));
      const values = rows
        .filter(({ name }) => names.includes(name))
        .map(({ name, samples }) => [name, samples ? summary(samples).median : "–"] as const);
      points.push({ at, values: Object.fromEntries(values) });
    }
    results.push({ title, of, names, points });
  }
  return results;
}
