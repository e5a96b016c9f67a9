// The browser without pages: cookies, redirects and headers as a real one has them, and what it reads of a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Browser } from "../src/browser/browser.js";
import { readMarkup } from "../src/browser/markup.js";
import { page, redirect, serve } from "./sites/site.js";

const newBrowser = () => new Browser({ requestMilliseconds: 5_000, deadline: Date.now() + 30_000 });
const get = (url: string) => ({ method: "GET", url: new URL(url) }) as const;

test("cookies follow their attributes", async () => {
  const site = await serve(() => (request, response) => {
    if (request.url === "/set") {
      return page(
        response.setHeader("set-cookie", [
          "lax=1; Path=/; SameSite=Lax",
          "strict=1; Path=/; SameSite=Strict",
          "secure=1; Path=/; Secure",
          "below=1; Path=/below",
          "over=1; Path=/; Max-Age=0",
          "__Host-wrong=1; Path=/below; Secure",
          "other=1; Domain=other.example",
        ]),
        200,
        "",
      );
    }
    page(response, 200, request.headers.cookie ?? "");
  });
  try {
    const browser = newBrowser();
    await browser.go(get(`${site.origin}/set`));
    const seen = async (path: string, from?: URL) => {
      const { text } = await browser.go(get(site.origin + path), from);
      const cookies = text.slice(text.indexOf("</title>") + "</title>".length);
      return cookies
        .split("; ")
        .map((pair) => pair.split("=")[0])
        .sort();
    };
    // As browsers do, `Secure` is met by localhost.
    assert.deepEqual(await seen("/"), ["lax", "secure", "strict"]);
    assert.deepEqual(await seen("/below"), ["below", "lax", "secure", "strict"]);
    // From another site: a navigation, but not of this site's own.
    assert.deepEqual(await seen("/", new URL("http://127.0.0.1:1/")), ["lax", "secure"]);
  } finally {
    await site.close();
  }
});

test("a navigation says where it comes from, and stays cross-site after a redirect", async () => {
  const seen: string[] = [];
  const site = await serve(() => (request, response) => {
    const { "sec-fetch-site": from, "sec-fetch-mode": mode, origin } = request.headers;
    seen.push(`${request.method} ${request.url} ${from} ${mode} ${origin ?? "-"}`);
    if (request.url === "/go") return redirect(response, "/end");
    page(response, 200, "");
  });
  try {
    const browser = newBrowser();
    const at = (path: string) => new URL(path, site.origin);
    await browser.go(get(at("/go").href));
    await browser.go({ method: "POST", url: at("/go"), body: "a=b" }, at("/"));
    await browser.go(get(at("/go").href), new URL("http://127.0.0.1:1/"));
    assert.deepEqual(seen, [
      "GET /go none navigate -",
      "GET /end none navigate -",
      `POST /go same-origin navigate ${site.origin}`,
      "GET /end same-origin navigate -",
      "GET /go cross-site navigate -",
      "GET /end cross-site navigate -",
    ]);
  } finally {
    await site.close();
  }
});

test("307 keeps the method and the body", async () => {
  const site = await serve(() => (request, response) => {
    if (request.url === "/go") {
      response.writeHead(307, { location: "/end" });
      return response.end();
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => page(response, 200, `${request.method} ${Buffer.concat(chunks)}`));
  });
  try {
    const { text } = await newBrowser().go({
      method: "POST",
      url: new URL("/go", site.origin),
      body: "a=b",
    });
    assert.match(text, /POST a=b/);
  } finally {
    await site.close();
  }
});

test("forms are read as browsers send them", () => {
  const url = new URL("https://site.example/a/b");
  const html = `<base href="/c/"><form method=post action=d>
    <input type=hidden name=token value="x&amp;y"><input name=on type=checkbox checked><input name=off type=checkbox>
    <select name=s><option value=1>One<option value=2 selected>Two</select><textarea name=t>text</textarea>
    <input type=file name=f><button type=button name=not>No</button><button name=go value=1>Log in</button>
    <button name=other value=2>Other</button></form><form action="javascript:void 0"></form><form></form>`;
  const { forms } = readMarkup(html, "text/html", url);
  assert.equal(forms.length, 2);
  assert.equal(forms[0]?.action.href, "https://site.example/c/d");
  assert.equal(forms[0]?.method, "POST");
  assert.equal(forms[0]?.fields.toString(), "token=x%26y&on=on&s=2&t=text&go=1");
  assert.equal(forms[0]?.label, "Log in / Other");
  assert.deepEqual([forms[1]?.method, forms[1]?.action.href], ["GET", url.href]);
});

test("a page that refreshes itself leads on, and hidden texts are no texts", () => {
  const url = new URL("https://site.example/a");
  const { refresh, text } = readMarkup(
    "<meta http-equiv=Refresh content=\"0; url='/next'\"><script>var hidden</script><p>Seen</p>",
    "text/html; charset=utf-8",
    url,
  );
  assert.equal(refresh?.href, "https://site.example/next");
  assert.match(text, /Seen/);
  assert.doesNotMatch(text, /hidden/);
});

test("a page of any form is read in bounded time", () => {
  const url = new URL("https://site.example/");
  const start = Date.now();
  for (const html of ["<a>".repeat(300_000), "<form><input name=a>".repeat(50_000), "<table>".repeat(20_000)])
    readMarkup(html, "text/html", url);
  assert.ok(Date.now() - start < 30_000);
});
