import { test } from "node:test";
import { judgeEveryByteOfEvidence, judgeMutants } from "./mutations.ts";

const seed = 20_261_120;

test(`3,000 packages with one byte changed, seed ${seed}`, () => judgeMutants(seed, 3_000));

test("every single byte of every piece of evidence", () => judgeEveryByteOfEvidence(seed));
