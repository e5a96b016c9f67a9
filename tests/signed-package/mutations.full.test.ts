import { test } from "node:test";
import { judgeMutants } from "./mutations.ts";

const seed = 20_261_121;

test(`40,000 packages with one byte changed, seed ${seed}`, () => judgeMutants(seed, 40_000));
