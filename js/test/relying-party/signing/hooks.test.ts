// What the site's hooks throw and refuse, and what that does to a signature.
import assert from "node:assert/strict";
import { test } from "node:test";
import { HonninError, type SigningOptions } from "../../../src/relying-party/index.js";
import { codeOf } from "../browser.js";
import { straighten } from "../setup.js";
import { rsaKey, rules } from "./cards.js";
import { assertGone, form, openSite, signOnce, useSigningWorld } from "./site.js";

const world = await useSigningWorld();

test("what the site's hooks throw loses nothing, and is told to onError alone", async () => {
  for (const hook of ["onSigned", "forward"] as const) {
    straighten(world);
    let calls = 0;
    const fails = () => {
      calls += 1;
      if (calls === 1) throw new Error("the database is out");
    };
    const use = hook === "forward" ? { open: undefined, forward: fails } : { onSigned: fails };
    const { response, errors, ...opened } = await signOnce(world, use);
    assert.equal(response.status, 500);
    assert.equal(await codeOf(response), "internal-error");
    assert.doesNotMatch(await response.text(), /database/);
    assert.equal((errors[0]?.[0].cause as Error | undefined)?.message, "the database is out");
    assert.equal((await opened.resume()).status, 303);
    assert.equal(calls, 2);
    assert.equal(world.provider.signing.resultRequests, 1);
    assertGone(opened);
  }
});

test("codes that a hook brings from elsewhere lose nothing: only those about the transaction end it", async () => {
  const { revocation: _revocation, ...path } = rules();
  for (const code of [
    "certificate-revoked",
    "policy-unsupported",
    "holder-missing",
    "signature-mismatch",
    "signature-result-malformed",
    "signature-not-found",
  ] as const) {
    for (const hook of ["onSigned", "forward", "verify"] as const) {
      straighten(world);
      let calls = 0;
      const fails = () => {
        calls += 1;
        if (calls === 1) throw new HonninError(code, "Of something else.");
        return { ...path, revocation: rules().revocation };
      };
      const { response, errors, ...opened } = await signOnce(
        world,
        {
          onSigned: { open: { keys: rsaKey.priv, verify: rules() }, onSigned: () => void fails() },
          forward: { open: undefined, forward: fails },
          verify: { open: { keys: rsaKey.priv, verify: fails as never } },
        }[hook] as Partial<SigningOptions>,
      );
      assert.equal(await codeOf(response), code);
      assert.notEqual(errors[0]?.[1].resumePath, undefined, `${hook} ${code}`);
      assert.equal((await opened.resume()).status, 303, `${hook} ${code}`);
      assert.equal(calls, 2);
      assert.equal(world.provider.signing.resultRequests, 1);
      assertGone(opened);
    }
  }
});

test("a site may refuse the signer, which ends the signature", async () => {
  const { response, ...opened } = await signOnce(world, {
    onSigned: () => {
      throw new HonninError("signature-user-mismatch", "Somebody else is logged in here.");
    },
  });
  assert.equal(await codeOf(response), "signature-user-mismatch");
  assertGone(opened);
});

test("what verify returns for a signature is checked when it is used, and loses nothing", async () => {
  const opened = openSite(world, { open: { keys: rsaKey.priv, verify: () => ({}) as never } });
  const response = await opened.browser.send(await opened.begin());
  assert.equal(await codeOf(response), "options-invalid");
  assert.equal(opened.store.entries.size, 1);
});

test("method may take its time, and refuses by throwing: nothing is asked of the service or the store", async () => {
  const opened = openSite(world, {
    method: async (fields, request) => {
      if (request.headers.get("x-session") === null)
        throw new HonninError("document-invalid", "Log in first.");
      return { form: fields.get("how") as "bare" };
    },
  });
  assert.equal(await codeOf(await opened.post()), "document-invalid");
  assert.equal(world.provider.tokenRequests.length, 0);
  assert.equal(opened.store.entries.size, 0);
  opened.browser.headers["x-session"] = "1";
  assert.equal((await opened.post({ ...form, how: "bare" })).status, 303);
  assert.equal(await codeOf(await opened.post({ ...form, how: "x" })), "options-invalid");
});
