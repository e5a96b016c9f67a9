import assert from "node:assert/strict";
import { test } from "node:test";
import { asciiLowerCase, listOf, mediaTypeOf, trimOws } from "../src/protocol-text.js";

/** Everything that `trim` takes off, and what looks like it. */
const lookalikes = [
  ..."\u000b\u000c\u000a\u000d\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
  ..."\u2028\u2029\u202f\u205f\u3000\ufeff\u200b",
];

test("only SP and HTAB are white space", () => {
  assert.equal(trimOws(" \t a b\t "), "a b");
  assert.equal(trimOws(" \t "), "");
  assert.equal(trimOws(""), "");
  for (const character of lookalikes) {
    assert.equal(trimOws(`${character}a${character}`), `${character}a${character}`);
    assert.equal(trimOws(` ${character}a${character} `), `${character}a${character}`);
    assert.deepEqual(listOf(`${character}a,b`), [`${character}a`, "b"]);
  }
});

test("white space of any length takes one pass", () => {
  const spaces = " ".repeat(1_000_000);
  const start = performance.now();
  assert.equal(trimOws(`a${spaces}b${spaces}`).length, spaces.length + 2);
  assert.ok(performance.now() - start < 1_000);
});

test("only letters of ASCII have a lower case", () => {
  assert.equal(asciiLowerCase("ABCXYZ @[`{az09"), "abcxyz @[`{az09");
  // KELVIN SIGN, LATIN CAPITAL LETTER I WITH DOT ABOVE, Ä, fullwidth A
  for (const character of ["\u212a", "\u0130", "\u00c4", "\uff21"])
    assert.equal(asciiLowerCase(character), character);
});

test("a media type is what stands before its parameters", () => {
  const type = (value: string) => mediaTypeOf(new Headers({ "content-type": value }));
  assert.equal(type("Application/JSON ; charset=UTF-8"), "application/json");
  assert.equal(type("application/json"), "application/json");
  assert.equal(mediaTypeOf(new Headers()), "");
  assert.equal(type("\u00a0application/json"), "\u00a0application/json");
  assert.equal(type("application/json\u00a0;a=b"), "application/json\u00a0");
});

test("elements of a list that are empty are none", () => {
  assert.deepEqual(listOf(" ,a , ,\tb,"), ["a", "b"]);
  assert.deepEqual(listOf(""), []);
});
