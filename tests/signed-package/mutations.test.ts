import { test } from "node:test";
import { judgeEveryByteOfEvidence, judgeMutants } from "./mutations.ts";

const seed = 20_261_120;

test(`10,000 packages with one byte changed, seed ${seed}`, () => judgeMutants(seed, 10_000));

test("every single byte of every piece of evidence", () => judgeEveryByteOfEvidence(seed));
