// What a site has wrong in its own trust costs nobody a signature.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { SignerCertificateOptions } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { site } from "../setup.js";
import { anchors, rsaKey, rules, today } from "./cards.js";
import { openSite, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

const own = Buffer.from(today.authority.certificate);
const mistakes: [string, string, object][] = [
  [
    "without the root of the card's generation",
    "issuer-not-found",
    { anchors: anchors.filter((anchor) => !own.equals(anchor)) },
  ],
  ["set to other cards", "environment-mismatch", { cards: "production", organization: undefined }],
];
for (const [name, code, mistake] of mistakes) {
  test(`a site ${name} keeps the result, and verifies it once that is put right`, async () => {
    let wrong = true;
    const verify = () => ({ ...rules(), ...(wrong ? mistake : {}) }) as SignerCertificateOptions;
    const opened = openSite(world, { open: { keys: rsaKey.priv, verify } });
    assert.equal(await codeOf(await opened.browser.send(await opened.begin())), code);
    assert.equal(opened.store.entries.size, 1);
    wrong = false;
    assert.equal((await opened.browser.send(site + opened.errors[0]?.[1].resumePath)).status, 303);
    assert.equal(opened.signings.length, 1);
    assert.equal(world.provider.signing.resultRequests, 1);
  });
}
