// The environments, in the order of the table.
import type { Environment } from "./environment.ts";
import node from "./node/environment.ts";

export const environments: readonly Environment[] = [...node];
