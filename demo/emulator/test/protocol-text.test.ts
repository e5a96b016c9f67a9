import assert from "node:assert/strict";
import { test } from "node:test";
import { asciiLowerCase, cookiesOf, trimOws } from "../src/protocol-text.js";

test("only SP and HTAB are white space, and only letters of ASCII have a lower case", () => {
  assert.equal(trimOws("\t a b \t"), "a b");
  for (const character of ["\u000b", "\u0085", "\u00a0", "\u2000", "\u3000", "\ufeff"])
    assert.equal(trimOws(` ${character}a${character} `), `${character}a${character}`);
  assert.equal(asciiLowerCase("AZ\u212a\u0130"), "az\u212a\u0130");
});

test("cookies are read by their exact names", () => {
  assert.deepEqual(cookiesOf("a=b;\tc = d=e ; =x; y"), [
    { name: "a", value: "b" },
    { name: "c", value: "d=e" },
  ]);
  assert.deepEqual(cookiesOf("\u00a0emulator_lang=en"), [{ name: "\u00a0emulator_lang", value: "en" }]);
  assert.deepEqual(cookiesOf(""), []);
});
