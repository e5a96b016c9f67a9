import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { root } from "../support/paths.ts";

const { placeOf, wasmTree } = await import(pathToFileURL(join(root, "scripts/lib/wasm-tree.mjs")).href);

const INLINED = "exports, with what is inlined into them";

test("a symbol belongs to its crate and, in honnin, to its module", () => {
  for (const [symbol, place] of [
    ["_ZN6honnin4json6Parser5value17h0123456789abcdefE", "honnin::json"],
    [
      "_ZN6honnin4x5096verify9crl_check58_$LT$impl$u20$honnin..x509..verify..verifier..Verifier$GT$8ask_crls17h0E",
      "honnin::x509",
    ],
    [
      "_ZN87_$LT$honnin_arithmetic..field..P256Field$u20$as$u20$honnin_arithmetic..field..Field$GT$6square17h0E",
      "honnin_arithmetic",
    ],
    ["_ZN61_$LT$honnin..report..Report$u20$as$u20$core..clone..Clone$GT$5clone17h0E", "honnin::report"],
    ["_ZN5alloc3str17join_generic_copy17h0E", "alloc"],
    ["_RNvMNtCs5cOc02OMXlo_5alloc6stringNtB2_6String4push", "alloc"],
    ["_RNvNtNtCsgXGp5Oqx2Ny_4core3str8converts9from_utf8", "core"],
    ["verify_id_token", INLINED],
    ["memcpy", INLINED],
    ["", INLINED],
  ] as const) {
    assert.equal(placeOf(symbol), place, symbol);
  }
});

test("the parts of a module add up", () => {
  const text = (value: string) => [value.length, ...Buffer.from(value)];
  const section = (id: number, contents: readonly number[]) => [id, contents.length, ...contents];
  const names = ["_ZN6honnin4json5parse17h0E", "verify"];
  const named = [0, ...text(names[0] ?? ""), 1, ...text(names[1] ?? "")];
  const bytes = Buffer.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, 0, 0]),
    ...section(3, [2, 0, 0]),
    ...section(10, [2, 2, 0, 0x0b, 4, 0, 1, 1, 0x0b]),
    ...section(11, [1, 0, 0x41, 0, 0x0b, 2, 7, 7]),
    ...section(0, [...text("name"), 1, named.length + 1, 2, ...named]),
  ]);
  const { groups, data, total } = wasmTree(bytes);
  // Each function with the byte of its length.
  assert.deepEqual(groups, [
    [INLINED, 5],
    ["honnin::json", 3],
  ]);
  assert.equal(data, 8);
  assert.equal(total, bytes.length - (text("name").length + 2 + 1 + named.length));
});
