// What honnin must reach, and what it reached in a run.
import type { EnvironmentName } from "./environments/environment.ts";
import type { JobName, Row } from "./job.ts";
import type { Results } from "./results.ts";
import { summary } from "./statistics.ts";

export interface Target {
  readonly job: string;
  readonly environment: EnvironmentName | "all";
  /** Ratios are the peer's median over honnin's, so more is better; bytes and shares of bytes are better if less. */
  readonly kind: "ratio" | "bytes" | "share";
  readonly safe: number;
  readonly goal?: number;
  readonly find: (results: Results) => number | undefined;
}

export interface Outcome extends Omit<Target, "find"> {
  readonly figure: number | undefined;
  readonly verdict: "goal reached" | "met" | "missed" | "not measured";
}

export const honnin = "honnin";

const medianOf = (rows: readonly Row[] | undefined, name: string) => {
  const samples = rows?.find((row) => row.name === name)?.samples;
  return samples === undefined ? undefined : summary(samples).median;
};

/** How many times as long as honnin the peer takes. */
export function ratioIn(rows: readonly Row[] | undefined, peer: string): number | undefined {
  const [own, other] = [medianOf(rows, honnin), medianOf(rows, peer)];
  return own === undefined || other === undefined ? undefined : other / own;
}

function ratio(
  name: JobName,
  peer: string,
  job: string,
  environment: EnvironmentName,
  safe: number,
  goal?: number,
): Target {
  const find = ({ jobs }: Results) =>
    ratioIn(jobs.find((one) => one.job === name && one.environment === environment)?.rows, peer);
  return { job, environment, kind: "ratio", safe, ...(goal !== undefined && { goal }), find };
}

const cold = (environment: EnvironmentName, job: string): Target => ({
  job,
  environment,
  kind: "ratio",
  safe: 1,
  find: ({ cold }) => ratioIn(cold.find((one) => one.environment === environment)?.rows, "jose"),
});

const memory = (environment: EnvironmentName): Target => ({
  job: "linear memory for a CRL of 1,000,000 entries, in bytes of the CRL",
  environment,
  kind: "share",
  safe: 1.2,
  find({ memory }) {
    const row = memory.find(
      (one) => one.environment === environment && one.job === "crl-million" && one.name === honnin,
    );
    return row?.input === undefined || row.linear === undefined ? undefined : row.linear / row.input;
  },
});

const bytes = (id: string, job: string, safe: number, goal?: number): Target => ({
  job,
  environment: "all",
  kind: "bytes",
  safe,
  ...(goal !== undefined && { goal }),
  find: ({ bytes }) => bytes.find((one) => one.id === id)?.brotli,
});

const jose = "jose, imported key";
const webCrypto = "WebCrypto, imported key";
const reference = "honnin, reference arithmetic";
const token = "ES256 ID token, whole, key in use, against jose with an imported key";
const first = "ES256 ID token, whole, first use of its key, against the reference arithmetic";
const list = "CRL of 1,000,000 entries, one serial number, with signature, against x509-cert";
const signature = (name: string) => `${name}, against WebCrypto with an imported key`;
const card = (peer: string) => `chain of a test card, JPKI profile, against ${peer}`;

export const targets: readonly Target[] = [
  ratio("id-token", jose, token, "Chromium", 1.25, 1.6),
  ratio("id-token", jose, token, "Node", 2, 2.7),
  ratio("id-token", "fast-jwt", "the same, against fast-jwt", "Node", 0.85, 1),
  ratio("new-key", reference, first, "Chromium", 2.5, 3.5),
  ratio("new-key", reference, first, "Node", 2.5, 3.5),
  cold("Chromium", "first token of a fresh page, against jose"),
  cold("Node", "first token of a fresh process, against jose"),
  ratio("p384", webCrypto, signature("P-384"), "Chromium", 1.7, 2.3),
  ratio("p384", webCrypto, signature("P-384"), "Node", 2.5, 3.5),
  ratio("rsa", webCrypto, signature("RSA-2048"), "Chromium", 0.2, 0.27),
  ratio("rsa", webCrypto, signature("RSA-2048"), "Node", 0.7, 1),
  ratio("chain", "pkijs", card("pkijs"), "Chromium", 30),
  ratio("chain", "pkijs", card("pkijs"), "Node", 30),
  ratio("chain", "node:crypto X509Certificate", card("node:crypto"), "Node", 2),
  ratio("crl-million", "x509-cert, reference arithmetic", list, "Chromium", 20),
  ratio("crl-million", "x509-cert, reference arithmetic", list, "Node", 20),
  memory("Chromium"),
  memory("Node"),
  bytes("id-token.wasm", "module for logins, brotli", 20_000, 14_000),
  bytes("honnin.wasm", "whole module, brotli", 120_000, 100_000),
  bytes("verifyIdToken", "JavaScript of `verifyIdToken` + `remoteKeys`, what a login loads, brotli", 5_000),
  bytes("relyingParty", "JavaScript of `relyingPartyForLogins`, what a login loads, brotli", 18_000),
];

export function outcomes(results: Results, all: readonly Target[] = targets): Outcome[] {
  return all.map(({ find, ...target }) => {
    const figure = find(results);
    return { ...target, figure, verdict: verdictOf(target, figure) };
  });
}

function verdictOf(
  { kind, safe, goal }: Omit<Target, "find">,
  figure: number | undefined,
): Outcome["verdict"] {
  if (figure === undefined) return "not measured";
  const reaches = (bound: number) => (kind === "ratio" ? figure >= bound : figure <= bound);
  if (!reaches(safe)) return "missed";
  return goal !== undefined && reaches(goal) ? "goal reached" : "met";
}
