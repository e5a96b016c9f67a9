// Writes cases.json. The keys are made anew at each run and thrown away, so run it only to add or change cases:
//   node tests/id-token/make-cases.mjs && npx biome check --write tests/id-token
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createLocalJWKSet, jwtVerify } from "jose";
import { addClaimCases } from "./cases-claims.mjs";
import { addFormCases } from "./cases-form.mjs";
import { addKeyCases } from "./cases-keys.mjs";
import { addOptionCases } from "./cases-options.mjs";
import { cases } from "./maker.mjs";

addFormCases();
addKeyCases();
addClaimCases();
addOptionCases();

// What is said to be valid is so for another implementation, as far as it checks the same.
for (const { name, token, keys, options, expected } of cases) {
  if (expected !== "valid") continue;
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys), {
    issuer: options.issuer,
    audience: options.clientId,
    algorithms: options.algorithms ?? ["ES256"],
    currentDate: new Date(options.now * 1000),
    clockTolerance: options.clockTolerance ?? 60,
  }).catch((cause) => {
    throw new Error(`jose refuses: ${name}`, { cause });
  });
  if (options.nonce !== null) assert.equal(payload.nonce, options.nonce, name);
}

writeFileSync(new URL("cases.json", import.meta.url), `${JSON.stringify(cases, null, 2)}\n`);
const valid = cases.filter(({ expected }) => expected === "valid").length;
console.log(
  `${cases.length} cases, ${valid} of them valid; ${new Set(cases.map(({ expected }) => expected)).size} outcomes`,
);
