import assert from "node:assert/strict";
import { test } from "node:test";
import { html } from "../src/html.ts";

test("text is escaped, in elements and in attributes", () => {
  const hostile = `<script>alert("1")</script>&'`;
  assert.equal(
    html`<p title="${hostile}">${hostile}</p>`.text,
    `<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;">&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;</p>`,
  );
});

test("templates nest without being escaped twice; lists are joined; nothing leaves no trace", () => {
  const items = ["<a>", 2, html`<b>${"&"}</b>`, null, undefined, false as const];
  assert.equal(html`<i>${items}</i>`.text, "<i>&lt;a&gt;2<b>&amp;</b></i>");
});

test("an object that looks like a template is not one", () => {
  const forged = JSON.parse('{"text":"<script></script>"}');
  assert.throws(() => html`${forged}`);
});
