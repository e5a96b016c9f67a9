// The time to verify for: in which forms, and how often a function is asked.
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeCrl } from "@honnin/synthetic-jpki";
import { type Now, verifyCertificate } from "honnin";
import { card, codeOf, now, sign } from "./support.ts";

const end = (await verifyCertificate(sign.certificate, card())).path[0]?.notAfter ?? assert.fail();
const judge = (at: Now) => codeOf(() => verifyCertificate(sign.certificate, { ...card(), now: at }));

test("a Date, seconds and a function say the same", async () => {
  for (const [time, outcome] of [
    [now, "valid"],
    [end, "valid"],
    [end + 1, "certificate-expired"],
  ] as const) {
    const date = new Date(time * 1000);
    for (const at of [time, date, () => time, () => date]) assert.equal(await judge(at), outcome);
  }
});

test("part of a second does not count", async () => {
  assert.equal(await judge(end + 0.9), "valid");
  assert.equal(await judge(new Date(end * 1000 + 999)), "valid");
});

test("a function is asked once for a verification, however often evidence is fetched", async () => {
  let asked = 0;
  let fetched = 0;
  const clock = () => {
    asked += 1;
    return now;
  };
  const fetchEvidence = () => {
    fetched += 1;
    const [thisUpdate, nextUpdate] = [new Date((now - 60) * 1000), new Date((now + 3_600) * 1000)];
    return { crls: makeCrl({ issuer: sign.authority, thisUpdate, nextUpdate, number: 1, entries: [] }) };
  };
  const options = { ...card("sign", { fetchEvidence, require: "certificate" }), now: clock } as const;
  assert.equal((await verifyCertificate(sign.certificate, options)).revocation.status, "good");
  assert.deepEqual([asked, fetched], [1, 1]);
});
