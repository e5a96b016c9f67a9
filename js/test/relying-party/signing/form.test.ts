import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { documentBytes } from "./cards.js";
import { form, openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

async function refused(
  fields: Record<string, string> | string,
  code = "document-invalid",
  headers?: Record<string, string>,
) {
  const opened = openSite(world, {
    documents: (id) => (id === "there" ? { name: "a", data: documentBytes } : undefined),
  });
  const response = await opened.post(fields, headers);
  assert.equal(await codeOf(response), code, JSON.stringify(fields).slice(0, 200));
  assert.equal(world.provider.signing.transactions.size, 0);
  assert.equal(opened.store.entries.size, 0);
  assert.equal(opened.browser.cookies.size, 0);
  return response;
}

const wrong: [string, Record<string, string>][] = [
  ["nothing", {}],
  ["no digest", { digest: "" }],
  ["a digest in upper case", { digest: form.digest.toUpperCase() }],
  ["a short digest", { digest: form.digest.slice(2) }],
  ["a digest of the other hash", { digest: form.digest + form.digest.slice(0, 32) }],
  ["a digest in base64", { digest: Buffer.from(form.digest, "hex").toString("base64") }],
  ["a digest with a line break", { digest: `${form.digest.slice(0, -1)}\n` }],
  ["no name", { name: "" }],
  ["a long name", { name: "あ".repeat(256) }],
  ["a name with a control character", { name: "a\u0000b" }],
  ["a name with a line break", { name: "a\nb" }],
  ...["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"].map(
    (mark): [string, Record<string, string>] => [
      `a name that turns the direction of writing (${mark.codePointAt(0)?.toString(16)})`,
      { name: `a${mark}fdp` },
    ],
  ),
  ...["\ufdd0", "\uffff", "\u{1fffe}", "\u{10ffff}"].map((none): [string, Record<string, string>] => [
    `a name with what is no character (${none.codePointAt(0)?.toString(16)})`,
    { name: `a${none}.txt` },
  ]),
  // Zero width, soft hyphen, fillers, tags, variants of nothing or of an invisible one.
  ...[
    ..."\u00ad\u034f\u115f\u17b4\u180e\u200b\u200c\u200d\u2060\u2061\u206a\u2800\u3164\ufe0f\ufeff\uffa0",
    ..."\u{1d173}\u{e0001}\u{e0041}\u{e0100}",
  ].map((invisible): [string, Record<string, string>] => [
    `a name with an invisible character (${invisible.codePointAt(0)?.toString(16)})`,
    { name: `${/\ufe0f|\u{e0100}/u.test(invisible) ? "" : "a"}${invisible}b.txt` },
  ]),
  ["a name with two variants in a row", { name: "\u845b\u{e0100}\u{e0101}.pdf" }],
  ["a name with a joiner between letters", { name: "a\u200db.txt" }],
  ["a type that is none", { type: "pdf" }],
  ["a type with a line break", { type: "text/plain\nx" }],
  ["a long type", { type: `text/${"x".repeat(255)}` }],
  ["a negative size", { size: "-1" }],
  ["a size with a fraction", { size: "1.5" }],
  ["a size in hexadecimal", { size: "0x10" }],
  ["a size that no file has", { size: "9".repeat(16) }],
  ["a size with leading zeros", { size: "007" }],
  ["a document besides a digest", { document: "there" }],
];
for (const [name, fields] of wrong) {
  test(`a form with ${name} is document-invalid`, async () => {
    const response = await refused(name === "nothing" ? {} : { ...form, ...fields });
    assert.equal(response.status, 400);
  });
}

for (const name of [
  "委任状.pdf",
  "\u845b\u{e0100}飾区.pdf",
  "見積 ❤\ufe0f 2026.txt",
  "👩🏽\u200d🚀.png",
  "🏳\ufe0f\u200d🌈",
  "…",
]) {
  test(`a name that shows all it holds is taken: ${JSON.stringify(name)}`, async () => {
    assert.equal((await openSite(world).post({ ...form, name })).status, 303);
  });
}

test("a field that is there twice, and a form of another type, are document-invalid", async () => {
  const query = new URLSearchParams(form).toString();
  for (const name of ["digest", "name", "type", "size", "document", "lang"]) {
    await refused(`${query}&${name}=1&${name}=2`, "document-invalid", {
      "sec-fetch-site": "same-origin",
      "content-type": "application/x-www-form-urlencoded",
    });
  }
  for (const type of ["text/plain", "application/json", "multipart/form-data; boundary=x", ""]) {
    await refused(query, "document-invalid", { "sec-fetch-site": "same-origin", "content-type": type });
  }
});

test("a body is read as far as 16 KiB, whatever it says of its length", async () => {
  await refused({ ...form, padding: "x".repeat(17_000) });
  const opened = openSite(world);
  assert.equal((await opened.post({ ...form, padding: "x".repeat(15_000) })).status, 303);
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += 1;
      controller.enqueue(new Uint8Array(4_096).fill(0x61));
    },
  });
  const request = new Request(`${site}/auth/sign`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" },
    body: endless,
    duplex: "half",
  } as RequestInit);
  assert.equal(await codeOf(await opened.browser.party.fetch(request)), "document-invalid");
  assert.ok(pulled < 10);
});

test("a body that breaks off is document-invalid: the sender's fault, and no alarm for the site", async () => {
  const opened = openSite(world);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("digest="));
      controller.error(new TypeError("terminated"));
    },
  });
  const headers = { origin: site, "content-type": "application/x-www-form-urlencoded" };
  const request = new Request(`${site}/auth/sign`, {
    method: "POST",
    headers,
    body,
    duplex: "half",
  } as RequestInit);
  assert.equal(await codeOf(await opened.browser.party.fetch(request)), "document-invalid");
});

test("type and size may be left out, and names are counted in characters", async () => {
  const opened = openSite(world);
  for (const fields of [
    { digest: form.digest, name: "😀".repeat(255) },
    { ...form, type: "", size: "" },
    { ...form, type: 'text/plain; charset="utf-8"', size: "0" },
  ]) {
    assert.equal((await opened.post(fields)).status, 303);
  }
});

test("a document of the server's has to be there, and to be described as it should", async () => {
  await refused({ document: "elsewhere" });
  await refused({ document: "a\nb" });
  const none = openSite(world);
  assert.equal(await codeOf(await none.post({ document: "x" })), "document-invalid");
  for (const [document, code] of [
    [{ name: "a\nb", data: documentBytes }, "options-invalid"],
    [{ name: "a", mediaType: "x", data: documentBytes }, "options-invalid"],
    [{ name: "a", data: "text" }, "options-invalid"],
    [
      { name: "a", data: new ReadableStream({ start: (c) => c.error(new Error("disk")) }) },
      "document-unreadable",
    ],
  ] as const) {
    const opened = openSite(world, { documents: () => document as never });
    assert.equal(await codeOf(await opened.post({ document: "x" })), code);
    assert.equal(world.provider.signing.transactions.size, 0);
  }
});

test("return addresses lead nowhere but into the site", async () => {
  for (const to of [
    "//other.example",
    "https://other.example/",
    "/auth/sign",
    "/auth/sign/resume",
    "/auth/callback",
  ]) {
    const response = await refused({ ...form, return_to: to }, "return-address-refused");
    assert.doesNotMatch(await response.text(), /other\.example/);
  }
  await refused(`${new URLSearchParams(form)}&return_to=/a&return_to=/b`, "return-address-refused", {
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
  });
});

test("only a page of this very site can begin a signature", async () => {
  for (const headers of [
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "same-origin", origin: "https://other.example" },
    { origin: "https://other.example" },
    { origin: "null" },
  ]) {
    const response = await refused(form, "cross-site-request-refused", headers);
    assert.equal(response.status, 403);
  }
  for (const headers of [{ origin: site }, { "sec-fetch-site": "same-origin", origin: "null" }]) {
    assert.equal((await openSite(world).post(form, headers)).status, 303);
  }
});

test("a method of the site's own that is none is the site's error", async () => {
  for (const method of [
    () => undefined,
    () => ({ form: "x" }),
    () => ({ form: "bare", scheme: "rsa-pkcs1-sha256" }),
  ]) {
    const opened = openSite(world, { method: method as never });
    assert.equal(await codeOf(await opened.post()), "options-invalid");
  }
  assert.equal(world.provider.signing.transactions.size, 0);
});

test("a service that refuses to begin leaves nothing behind", async () => {
  world.provider.misbehave.sign = (_, response) => void response.writeHead(403).end();
  await refused(form, "signature-transaction-refused");
  world.provider.misbehave.sign = (_, response) => void response.destroy();
  await refused(form, "endpoint-unreachable");
});

test("the language: the form's, else the browser's; resuming has that of the beginning unless asked", async () => {
  const opened = openSite(world);
  opened.browser.headers["accept-language"] = "en";
  const inEnglish = await opened.post({ ...form, digest: "" });
  assert.match(await inEnglish.text(), /<html lang="en">/);
  const inJapanese = await opened.post({ ...form, digest: "", lang: "ja" });
  assert.match(await inJapanese.text(), /<html lang="ja">/);
  const callback = await opened.begin({ ...form, lang: "ja" });
  world.provider.misbehave.result = (_, response) => void response.writeHead(204).end();
  assert.match(await (await opened.browser.send(callback)).text(), /<html lang="ja">/);
  assert.match(await (await opened.resume()).text(), /<html lang="ja">/);
  assert.match(await (await opened.resume("?lang=en")).text(), /<html lang="en">/);
});
