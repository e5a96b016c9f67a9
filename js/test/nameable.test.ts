import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { exportsOf, typesOf } from "./support/declarations.ts";
import { packageFolder } from "./support/program.ts";

const { exports } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
  exports: Record<string, string | { types: string }>;
};
const entries = Object.entries(exports).flatMap(([entry, target]) =>
  typeof target === "string" || entry.includes("wasm")
    ? []
    : [[entry, join(packageFolder, target.types)] as const],
);

const dist = (...path: string[]) => join(packageFolder, "dist", ...path);

test("there are entries with types", () => {
  assert.deepEqual(
    entries.map(([entry]) => entry),
    [
      ".",
      "./slim",
      "./launch",
      "./element",
      "./relying-party",
      "./relying-party/cloudflare",
      "./relying-party/redis",
      "./relying-party/diagnose",
      "./relying-party/node",
      "./store-conformance",
    ],
  );
});

for (const [entry, path] of entries) {
  test(`${entry}: every type that an export speaks of is exported, too`, () => {
    const exported = exportsOf(path);
    assert.ok(exported.size > 1);
    const places = new Set<string>(exported.values());
    // It takes the options of another entry, which has their types.
    if (entry === "./relying-party/diagnose")
      for (const place of exportsOf(dist("relying-party", "index.d.ts")).values()) places.add(place);
    const missing = [...exported].flatMap(([name, place]) =>
      [...typesOf(place)]
        // Those of the platform have names that every program knows, and those of Node are Node's to export.
        .filter(
          (type) => !places.has(type) && !type.includes("/dist/platform.d.ts#") && !type.startsWith("node:"),
        )
        .map((type) => `${name}: ${type.split("/dist/").at(-1)}`),
    );
    assert.deepEqual(missing, []);
  });
}

test("what is named and not exported is found", () => {
  // An inner file: of its exports it exports no more than is declared in it.
  const inner = dist("certificates", "verify-certificate.d.ts");
  const [place = assert.fail()] = exportsOf(inner).values();
  const named = [...typesOf(place)].map((type) => type.split("/dist/").at(-1));
  assert.deepEqual(named, [
    "verifier/parts.d.ts#DerOrPem",
    "certificates/certificate-options.d.ts#CertificateOptions",
    "certificates/certificate-result.d.ts#VerifiedCertificate",
  ]);
});
