// Everything that can go wrong with a signature, against the relying party in real workerd: the code, the page that the
// user sees, and whether there is a way on.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { signingMisbehaviours } from "@honnin/emulator";
import { beginSigning, respond } from "../support/signing.ts";
import { type Stack, startStack } from "../support/stack.ts";
import { codeOf } from "../support/test-card.ts";
import type { Answer } from "../support/user-agent.ts";
import { expected } from "./expected.ts";

let stack: Stack;

before(async () => {
  stack = await startStack();
});
after(() => stack?.close());

/** What a page says to the person in front of it. */
const words = ({ text }: Answer) =>
  /<main[\s\S]*<\/main>/
    .exec(text)?.[0]
    .replace(/<details class="technical">[\s\S]*?<\/details>/, "")
    .replaceAll(/<[^>]+>/g, " ") ?? "";
const titleOf = ({ text }: Answer) => /<h1>([^<]+)<\/h1>/.exec(text)?.[1];
const resumeOf = ({ text }: Answer) =>
  /href="(\/auth\/sign\/resume[^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&");

test("the table names everything that the emulator can be ordered to do, and nothing else", () => {
  assert.deepEqual(signingMisbehaviours.map(({ id }) => id).sort(), Object.keys(expected).sort());
});

// Side by side: some of them take as long as a person is made to wait.
describe("each order", { concurrency: 8 }, () => {
  for (const [id, { ends, title, todo, resume }] of Object.entries(expected)) {
    for (const lang of ["ja", "en"] as const) {
      test(`${id} ends in ${ends} (${lang})`, async () => {
        const { origin } = stack.site;
        const signer = await beginSigning(origin, { lang });
        const answer = await respond(signer, id);
        if (ends === "signed") {
          assert.equal(answer.status, 200);
          assert.match(answer.url, /\/sign\/result$/);
          return;
        }
        assert.equal(codeOf(answer), ends);
        assert.ok(answer.status >= 400 && answer.status < 600, `status ${answer.status}`);
        assert.match(answer.text, new RegExp(`<html lang="${lang}">`));
        const said = words(answer);
        assert.doesNotMatch(said, lang === "ja" ? /ログイン/ : /\blog ?in\b/i, "it is not about a login");
        assert.equal(titleOf(answer), title?.[lang]);
        if (todo !== undefined) assert.match(said, todo[lang]);

        const way = resumeOf(answer);
        if (resume === undefined) {
          assert.equal(way, undefined);
          const gone = await signer.agent.get(`${origin}/auth/sign/resume?lang=${lang}`);
          assert.equal(codeOf(gone), "signature-not-found");
          return;
        }
        const further = await signer.agent.get(origin + way);
        if (resume === "service") assert.match(further.url, /\/test-card$/);
        else assert.equal(codeOf(further), ends);
      });
    }
  }
});

test("a signature that was cancelled is resumed with the same document", async () => {
  const { origin } = stack.site;
  const signer = await beginSigning(origin, { lang: "ja" });
  const cancelled = await respond(signer, "sign-cancelled");
  const page = await signer.agent.get(origin + resumeOf(cancelled));
  assert.match(page.url, /\/test-card$/);
  const answer = await respond({ agent: signer.agent, page });
  assert.match(answer.url, /\/sign\/result$/);
  assert.match(answer.text, /document\.txt/);
});

test("a connection lost between signing and fetching loses nothing", async () => {
  const { origin } = stack.site;
  const signer = await beginSigning(origin);
  stack.emulator.setFault("signResult", "fail");
  const lost = await respond(signer);
  assert.equal(codeOf(lost), "endpoint-unavailable");
  stack.emulator.setFault("signResult", "none");
  const answer = await signer.agent.get(origin + resumeOf(lost));
  assert.match(answer.url, /\/sign\/result$/);
  assert.match(answer.text, /document\.txt/);
});

test("evidence of revocation that cannot be had loses nothing", async () => {
  const { origin } = stack.site;
  const signer = await beginSigning(origin);
  stack.emulator.setFault("ocsp", "fail");
  const lost = await respond(signer);
  assert.equal(codeOf(lost), "revocation-unknown");
  stack.emulator.setFault("ocsp", "none");
  const answer = await signer.agent.get(origin + resumeOf(lost));
  assert.match(answer.url, /\/sign\/result$/);
});

test("a result is handed to one browser only", async () => {
  const { origin } = stack.site;
  const signer = await beginSigning(origin);
  stack.emulator.setFault("signResult", "fail");
  const lost = await respond(signer);
  stack.emulator.setFault("signResult", "none");
  const other = await fetch(origin + resumeOf(lost), { redirect: "manual" });
  assert.equal(other.status, 404);
  assert.match(await other.text(), /data-code="signature-not-found"/);
});

test("another site cannot begin a signature", async () => {
  const response = await fetch(`${stack.site.origin}/auth/sign`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: "https://attacker.example", "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ digest: "00".repeat(32), name: "x" }),
  });
  assert.equal(response.status, 403);
  assert.match(await response.text(), /data-code="cross-site-request-refused"/);
});

test("nothing of a token, a key, a certificate or a person reached the log", () => {
  const log = stack.site.logs.join("\n");
  assert.match(log, /signature-mismatch/);
  assert.doesNotMatch(log, /eyJ|MII|本人　|太郎|code=|state=|\d{8}/);
});
