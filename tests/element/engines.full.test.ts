// The element in every engine: the policy, the style, the handoff, the QR code on the screen, the form at the end.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { inEachEngine } from "../browsers/each-engine.ts";
import { readQr } from "../support/qr.ts";
import type { FakeSite } from "./fake-handoff.ts";
import { elementSite, pageWith, strictPolicy } from "./pages.ts";

let site: FakeSite;

/**
 * Drivers do not all see into shadow trees, and the one of Firefox cannot click under this policy, so the page's own script looks, acts
 * and reports.
 */
const script = `
  const login = document.querySelector("honnin-login");
  const states = document.querySelector("#states");
  const facts = document.querySelector("#facts");
  document.addEventListener("securitypolicyviolation", (event) => states.append("violated:" + event.violatedDirective + " "));
  login.addEventListener("honnin-state", ({ detail: { state } }) => {
    if (state === "scanned") {
      const { shadowRoot } = login;
      const field = shadowRoot.querySelector("input");
      facts.textContent = JSON.stringify({
        focused: shadowRoot.activeElement === field,
        said: shadowRoot.querySelector("[role=status]").textContent,
        background: getComputedStyle(shadowRoot.querySelector("[part~=button]")).backgroundColor,
      });
      field.value = "１２３ ４５６";
      field.form.requestSubmit();
    }
    states.append(state + " ");
  });
  login.start();
`;

before(async () => {
  site = await elementSite();
  site.headers = strictPolicy;
  site.page("/drive.js", script, "text/javascript");
  site.page(
    "/drive",
    pageWith(
      `<honnin-login handoff="/auth/handoff"><a href="/auth/login">ログイン</a></honnin-login>
<p id="states"></p><p id="facts"></p><script type="module" src="/drive.js"></script>`,
    ),
  );
});
after(() => site.close());

inEachEngine("the element takes a handoff to its end", async ({ newTab }) => {
  site.reset();
  const tab = await newTab();
  await tab.open(`${site.origin}/drive`);
  const seen = async (state: string) => {
    const limit = Date.now() + 20_000;
    let text = "";
    while (!text.includes(state)) {
      assert.ok(Date.now() < limit, `${state} in ${text}`);
      text = await tab.text("#states");
    }
    return text;
  };
  await seen("waiting");
  const limit = Date.now() + 20_000;
  let code = "";
  while (code === "" && Date.now() < limit) {
    try {
      code = readQr(await tab.screenshot());
    } catch {
      // Not drawn yet.
    }
  }
  assert.equal(code, site.urlOf(1));
  site.go("scanned");
  await seen("numbered");
  assert.deepEqual(JSON.parse(await tab.text("#facts")), {
    focused: true,
    said: "番号を入力する。スマートフォンに表示された6桁の番号を入力します。",
    background: "rgb(23, 105, 91)",
  });
  assert.deepEqual(JSON.parse(site.last("/auth/handoff/number")?.body ?? ""), { number: "123456" });
  site.go("authorizing");
  assert.equal((await seen("authorizing")).trim(), "starting waiting scanned numbered authorizing");
  site.go("done");
  while (site.count("POST", "/auth/handoff/claim") === 0)
    await new Promise((resolve) => setImmediate(resolve));
  assert.equal(site.last("/auth/handoff/claim")?.headers.origin, site.origin);
});
