import type { Job, JobName } from "../job.ts";
import { chain } from "./chain.ts";
import { crl, crlMillion } from "./crl.ts";
import { idToken } from "./id-token.ts";
import { newKey } from "./new-key.ts";
import { plainChain } from "./plain-chain.ts";
import { p256, p384, rsa } from "./signatures.ts";

/** All jobs, in the order of the report. */
export const jobs: ReadonlyMap<JobName, Job> = new Map(
  [idToken, newKey, p256, p384, rsa, chain, plainChain, crl, crlMillion].map((job) => [job.name, job]),
);
