// Signing and verifying in a real browser: what happens there and nowhere else.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../tests/support/chromium.ts";
import { type Demo, startDemo } from "../../worker/test/support.ts";
import { texts } from "../src/texts/index.ts";
import { faintTexts, openPage, overflow, screens, type Visit } from "./visit.ts";

let demo: Demo;
let browser: Browser;
before(async () => {
  demo = await startDemo();
  browser = await launchChromium();
});
after(async () => {
  await browser.close();
  await demo.close();
});

type Screen = keyof typeof screens;
type Scheme = "light" | "dark";
const languages = [
  ["ja", "", "light"],
  ["en", "/en", "dark"],
] as const;

/** Without transitions, so that colours are at once what they will be. */
const visit = (screen: Screen, path: string, colorScheme: Scheme = "light"): Promise<Visit> => {
  const options = {
    ...screens[screen],
    colorScheme,
    reducedMotion: "reduce",
    acceptDownloads: true,
  } as const;
  return openPage(browser, options, demo.worker.origin + path);
};

const content = "甲と乙は、次のとおり契約する。\n";
const contract = { name: "契約書（最終版）.txt", mimeType: "text/plain", buffer: Buffer.from(content) };
const hashOf = (data: string | Buffer, name = "sha256") => createHash(name).update(data).digest("hex");
const shownHash = (page: Page) => page.locator("[data-digest]").innerText();

async function assertReadable(page: Page): Promise<void> {
  assert.equal(await overflow(page), 0);
  assert.deepEqual(await faintTexts(page), []);
}

/** Drops a file of so many pieces of a MiB, each of nothing but zeros. */
function drop(page: Page, name: string, pieces: number): Promise<void> {
  return page
    .locator("[data-picker]")
    .first()
    .evaluate(
      (place, [name, pieces]) => {
        const piece = new Blob([new Uint8Array(1_048_576)]);
        const data = new DataTransfer();
        data.items.add(
          new File(
            Array.from({ length: pieces }, () => piece),
            name,
          ),
        );
        for (const kind of ["dragenter", "dragover", "drop"])
          place.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [name, pieces] as const,
    );
}

/** Presses a button as somebody does who has no pointer. */
async function press(page: Page, button: string): Promise<void> {
  await page.focus(button);
  await page.keyboard.press("Enter");
}

/** Through the test-card page. */
async function authenticate(page: Page, response = "normal", card = "normal"): Promise<void> {
  await page.waitForURL(/\/test-card$/);
  await page.$eval(`input[name=response][value="${response}"]`, (input: HTMLInputElement) => input.click());
  await page.check(`input[name=card][value="${card}"]`);
  await page.click("[data-testid=authenticate]");
  await page.waitForURL((url) => url.origin === demo.worker.origin);
}

async function chooseContract(page: Page): Promise<void> {
  await page.setInputFiles("#file", contract);
  await page.locator("[data-digest]").waitFor();
}

/** Signs the contract and takes the package along. */
async function signContract(page: Page): Promise<Buffer> {
  await chooseContract(page);
  await page.click("[data-sign]");
  await authenticate(page);
  return download(page);
}

async function download(page: Page): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click("[data-download]")]);
  assert.equal(file.suggestedFilename(), `${contract.name}.signed.json`);
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const packageFile = (buffer: Buffer) => ({ name: "package.json", mimeType: "application/json", buffer });

async function verify(page: Page, text: Buffer, document = contract): Promise<void> {
  await page.setInputFiles("#package-file", packageFile(text));
  await page.setInputFiles("#document-file", document);
  await page.click("[data-verify]");
  await page.locator("[data-result] h2").first().waitFor();
}

describe("the page to sign on", () => {
  test("hashes a dropped file of 40 MiB in the browser, by the verifier; nothing of it is sent", async () => {
    const { page, complaints } = await visit("computer", "/sign");
    const sent: string[] = [];
    page.on("request", (request) => sent.push(`${request.method()} ${new URL(request.url()).pathname}`));
    await drop(page, "zeros.bin", 40);
    await page.locator("[data-digest]").waitFor();
    assert.equal(await shownHash(page), hashOf(Buffer.alloc(40 * 1_048_576)));
    assert.match(await page.locator("[data-chosen]").innerText(), /zeros\.bin[\s\S]*41,943,040バイト/);
    assert.equal(await page.locator("[data-status]").innerText(), texts.ja.signing.file.done);
    assert.ok(sent.some((line) => line.endsWith(".wasm")));
    for (const line of sent) assert.match(line, /^GET \/assets\//);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test("shows how far it is, says so in words, and stops when told to", async () => {
    const { page } = await visit("computer", "/en/sign");
    await page.evaluate(() => {
      const said: string[] = [];
      const status = document.querySelector("[data-status]") as HTMLElement;
      new MutationObserver(() => said.push(status.textContent ?? "")).observe(status, { childList: true });
      Object.assign(window, { said });
    });
    await drop(page, "large.bin", 2048);
    await page.locator("progress").waitFor();
    await page.waitForFunction(() => (document.querySelector("progress")?.value ?? 0) > 0);
    await page.waitForFunction(() => (window as unknown as { said: string[] }).said.length > 1);
    const { missing } = texts.en.signing.file;
    await press(page, "[data-sign]");
    await press(page, "[data-cancel]");
    await page.getByText(texts.en.signing.file.cancelled).waitFor();
    assert.equal(await page.locator("progress").isVisible(), false);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "file");
    assert.equal(await page.getAttribute("[data-sign]", "aria-disabled"), "true");
    await press(page, "[data-sign]");
    assert.equal(await page.locator("[data-status]").innerText(), missing.cancelled);
    assert.equal(new URL(page.url()).pathname, "/en/sign");
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    assert.ok(said.includes(texts.en.signing.file.working(10)), said.join());
    assert.ok(said.includes(missing.hash), said.join());
    assert.ok(!said.includes(texts.en.signing.file.done));
    await page.context().close();
  });

  test("hashes anew for a card with another hash, and signs with nothing until there is one", async () => {
    const { page } = await visit("computer", "/sign");
    await page.focus("[data-sign]");
    await page.keyboard.press("Enter");
    assert.equal(new URL(page.url()).pathname, "/sign");
    assert.equal(await page.locator("[data-status]").innerText(), texts.ja.signing.file.missing.file);
    await chooseContract(page);
    assert.equal(await shownHash(page), hashOf(content));
    await page.click(".advanced summary");
    await page.check("input[value=p384-digest-info]");
    await page.getByText("ハッシュ値（SHA-384）").waitFor();
    assert.equal(await shownHash(page), hashOf(content, "sha384"));
    await page.click("[data-sign]");
    await authenticate(page, "normal", "next-card");
    assert.equal(await shownHash(page), hashOf(content, "sha384"));
    await page.context().close();
  });

  test("the same file can be chosen again", async () => {
    const { page } = await visit("computer", "/sign");
    await chooseContract(page);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("#file")]);
    // A browser tells of a choice only where it differs from the one before.
    assert.equal(await chooser.element().evaluate((input) => (input as HTMLInputElement).files?.length), 0);
    await chooser.setFiles({ ...contract, buffer: Buffer.from("changed") });
    await page.waitForFunction(
      (hash) => document.querySelector("[data-digest]")?.textContent === hash,
      hashOf("changed"),
    );
    await page.context().close();
  });

  for (const [why, name] of [
    ["is too long", `${"名".repeat(252)}.txt`],
    ["turns the direction of writing", "contract\u202efdp.exe"],
    ["has a control character", "a\u0007.txt"],
  ] as const) {
    test(`a name that ${why} is refused before anything is hashed, and another file is taken`, async () => {
      const { page } = await visit("phone", "/sign");
      await drop(page, name, 1);
      await page.locator("[data-code=document-invalid]").waitFor();
      assert.equal(await page.locator("[data-digest]").count(), 0);
      await press(page, "[data-sign]");
      assert.equal(await page.locator("[data-status]").innerText(), texts.ja.signing.file.missing.refused);
      await assertReadable(page);
      await drop(page, `${"名".repeat(251)}.txt`, 1);
      await page.locator("[data-digest]").waitFor();
      assert.equal(await page.locator("[data-code=document-invalid]").count(), 0);
      assert.equal(await page.getAttribute("[data-sign]", "aria-disabled"), "false");
      await page.context().close();
    });
  }

  for (const [path, words] of [
    ["/sign", texts.ja.signing.file.several],
    ["/en/verify", texts.en.verification.several],
  ] as const) {
    test(`of several files none is taken, and one beside the picker does not replace the page (${path})`, async () => {
      const { page } = await visit("computer", path);
      await page.locator("[data-picker]").first().waitFor();
      const dropOn = (selector: string, names: readonly string[]) =>
        page.evaluate(
          ([selector, names]) => {
            const dataTransfer = new DataTransfer();
            for (const name of names) dataTransfer.items.add(new File(["x"], name));
            const place = document.querySelector(selector);
            return ["dragover", "drop"].map((kind) => {
              const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
              return place?.dispatchEvent(event);
            });
          },
          [selector, names] as const,
        );
      // False: what the browser would do, which is to open the file, was prevented.
      assert.deepEqual(await dropOn("[data-picker]", ["a.txt", "b.txt"]), [false, false]);
      assert.equal(await page.locator("[data-status]").innerText(), words);
      assert.equal(await page.locator("[data-chosen]:visible").count(), 0);
      assert.deepEqual(await dropOn("h1", ["a.txt"]), [false, false]);
      assert.equal(await page.locator("[data-chosen]:visible").count(), 0);
      assert.deepEqual(await dropOn("h1", []), [true, true]);
      await page.context().close();
    });
  }

  test("a file that cannot be read is explained, and another one is taken", async () => {
    const { page } = await visit("phone", "/sign");
    await page.evaluate(() => {
      // As a file that was removed after it was chosen.
      Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotFoundError"));
    });
    await page.setInputFiles("#file", contract);
    await page.locator("[data-code=document-unreadable]").waitFor();
    assert.equal(await page.getAttribute("[data-sign]", "aria-disabled"), "true");
    await assertReadable(page);
    await page.context().close();
  });

  test("only what the form says goes to the site: hash, name, type and size", async () => {
    const { page } = await visit("computer", "/sign");
    await chooseContract(page);
    const [request] = await Promise.all([
      page.waitForRequest((request) => request.method() === "POST"),
      page.click("[data-sign]"),
    ]);
    const fields = Object.fromEntries(new URLSearchParams(request.postData() ?? ""));
    assert.deepEqual(fields, {
      return_to: "/sign/result",
      lang: "ja",
      digest: hashOf(content),
      name: contract.name,
      type: "text/plain",
      size: String(contract.buffer.length),
      method: "digest-info",
    });
    await page.context().close();
  });

  test("the sample goes without the file that was chosen before", async () => {
    const { page } = await visit("computer", "/sign");
    await chooseContract(page);
    const offered = await page.locator("[data-sample-hash]").innerText();
    await page.click("button[name=document]");
    await authenticate(page);
    assert.match(await page.locator("[data-document=name]").innerText(), /honnin-sample\.pdf/);
    assert.equal(await shownHash(page), offered);
    await page.context().close();
  });

  test("without a script the sample can be signed, and the file chooser explains itself", async () => {
    const context = await browser.newContext({ ...screens.phone, locale: "ja-JP", javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${demo.worker.origin}/sign`);
    assert.ok(await page.getByText(texts.ja.signing.file.needsScript).isVisible());
    assert.equal(await page.locator("#file").isVisible(), false);
    await page.click("button[name=document]");
    await authenticate(page);
    assert.equal(new URL(page.url()).pathname, "/sign/result");
    await page.click("[data-show-holder]");
    assert.match(await page.locator("[data-holder=name]").innerText(), /本人　太郎/);
    await page.goto(`${demo.worker.origin}/verify`);
    assert.ok(await page.getByText(texts.ja.verification.needsScript).isVisible());
    await context.close();
  });
});

for (const screen of ["phone", "computer"] as const) {
  for (const [lang, prefix, scheme] of languages) {
    test(`a signature and its verification on a ${screen} (${lang}, ${scheme}): readable, nothing blocked`, async () => {
      const t = texts[lang];
      const { page, complaints } = await visit(screen, `${prefix}/sign`, scheme);
      await assertReadable(page);
      await chooseContract(page);
      await page.click(".advanced summary");
      await assertReadable(page);
      await page.click("[data-sign]");
      await authenticate(page);
      assert.equal(new URL(page.url()).pathname, `${prefix}/sign/result`);
      assert.equal(await page.textContent("h1"), t.signing.result.title);
      assert.doesNotMatch(await page.content(), /本人　太郎|東京都架空区/);
      await assertReadable(page);
      const text = await download(page);
      await page.click("[data-show-holder]");
      await page.locator("[data-holder=name]").waitFor();
      await assertReadable(page);

      await page.goto(`${demo.worker.origin}${prefix}/verify`);
      await page.waitForLoadState("networkidle");
      await page.click(".advanced summary");
      await assertReadable(page);
      await page.context().setOffline(true);
      await verify(page, text);
      assert.equal(await page.locator("[data-verdict]").getAttribute("data-verdict"), "good");
      assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H2");
      assert.equal(await shownHash(page), hashOf(content));
      assert.doesNotMatch(await page.content(), /本人　太郎|東京都架空区/);
      await assertReadable(page);
      await page.locator("[data-result] [data-toggle-checks]").click();
      assert.equal(await page.locator("[data-result] .check details:not([open])").count(), 0);
      await page.click("[data-holder-action=show]");
      await page.locator("[data-holder=name]").waitFor();
      assert.match(await page.locator("[data-holder=name]").innerText(), /本人　太郎/);
      await assertReadable(page);
      await page.click("[data-holder-action=hide]");
      assert.doesNotMatch(await page.content(), /本人　太郎/);

      await verify(page, text, { ...contract, buffer: Buffer.from(`${content} `) });
      assert.equal(await page.locator("[data-code]").getAttribute("data-code"), "document-mismatch");
      await assertReadable(page);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  }
}

describe("the page to verify on", () => {
  let text: Buffer;
  before(async () => {
    const { page } = await visit("computer", "/sign");
    text = await signContract(page);
    await page.context().close();
  });

  /** The code that the page refuses with; `undefined` where it does not. */
  async function codeFor(page: Page, changed: Buffer, document = contract): Promise<string | null> {
    await verify(page, changed, document);
    const refused = page.locator("[data-result] [data-code]");
    return (await refused.count()) === 0 ? null : refused.getAttribute("data-code");
  }

  /** What a package's JSON has that the tests change. */
  type Written = {
    extra?: number;
    version: number;
    document: { name: string };
    digest: { value: string };
    signature: { value: string };
    evidence: { time: number | null; crls: string[]; ocspResponses: string[] };
    claims: { transaction?: string };
  };
  const changed = (change: (read: Written) => void): Buffer => {
    const read: Written = JSON.parse(text.toString());
    change(read);
    return Buffer.from(JSON.stringify(read));
  };
  /** One bit of what base64 stands for. */
  const flipped = (base64: string) => {
    const bytes = Buffer.from(base64, "base64");
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    return bytes.toString("base64");
  };

  test("refuses what was altered, and says what it is", async () => {
    const { page } = await visit("computer", "/verify");
    // Long after all times in the package.
    await page.click(".advanced summary");
    await page.fill("#verify-date", "2056-01-01");
    assert.equal(await codeFor(page, text), null);
    const alterations: [string, (read: Written) => void][] = [
      [
        "signature-mismatch",
        (read) => {
          read.signature.value = flipped(read.signature.value);
        },
      ],
      [
        "document-mismatch",
        (read) => {
          read.digest.value = flipped(read.digest.value);
        },
      ],
      [
        "package-malformed",
        (read) => {
          read.extra = 1;
        },
      ],
      [
        "package-version-unsupported",
        (read) => {
          read.version = 2;
        },
      ],
      [
        "revocation-unknown",
        (read) => {
          read.evidence = { time: null, crls: [], ocspResponses: [] };
        },
      ],
      [
        "evidence-time-mismatch",
        (read) => {
          read.evidence.time = (read.evidence.time ?? 0) + 1;
        },
      ],
    ];
    for (const [code, change] of alterations) {
      assert.equal(await codeFor(page, changed(change)), code);
      assert.ok((await page.locator("[data-result]").innerText()).includes(texts.ja.error.whatToDo));
    }
    assert.equal(await codeFor(page, Buffer.from("not JSON")), "package-malformed");
    const evidence = changed((read) => {
      read.evidence.ocspResponses = read.evidence.ocspResponses.map(flipped);
    });
    assert.match((await codeFor(page, evidence)) ?? "", /^ocsp-|^revocation-unknown$/);
    assert.equal(await codeFor(page, text), null);
    await page.context().close();
  });

  test("is good years later, and not before its evidence", async () => {
    const { page } = await visit("computer", "/verify");
    await page.click(".advanced summary");
    await page.fill("#verify-date", "2056-01-01");
    assert.equal(await codeFor(page, text), null);
    const title = await page.locator("[data-verdict] h2").innerText();
    const year = new Date().getUTCFullYear();
    assert.match(title, new RegExp(`(${year}|${year + 1})年.*の時点で有効`));
    await page.fill("#verify-date", "2020-01-01");
    assert.equal(await codeFor(page, text), "evidence-in-future");
    await page.context().close();
  });

  test("without evidence it calls nothing good, and goes on only where it is told to", async () => {
    const without = changed((read) => {
      read.evidence = { time: null, crls: [], ocspResponses: [] };
    });
    const { page } = await visit("computer", "/verify");
    await page.click(".advanced summary");
    await page.check("#verify-optional");
    assert.equal(await codeFor(page, without), null);
    assert.equal(await page.locator("[data-verdict]").getAttribute("data-verdict"), "not-checked");
    assert.equal(await page.locator("[data-as-of]").getAttribute("data-as-of"), "caller");
    await page.context().close();
  });

  test("markup in a package stays text", async () => {
    const hostile = `<img src=x onerror="document.title='owned'">`;
    const { page, complaints } = await visit("computer", "/verify");
    const marked = changed((read) => {
      read.document.name = hostile;
      read.claims.transaction = hostile;
    });
    assert.equal(await codeFor(page, marked), null);
    assert.ok((await page.locator("[data-document=name]").innerText()).includes(hostile));
    assert.equal(await page.locator("[data-result] img").count(), 0);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test("stops when told to, and the focus is not lost", async () => {
    const { page } = await visit("computer", "/verify");
    await page.setInputFiles("#package-file", packageFile(text));
    await page.evaluate(() => {
      const piece = new Blob([new Uint8Array(1_048_576)]);
      const data = new DataTransfer();
      data.items.add(
        new File(
          Array.from({ length: 2048 }, () => piece),
          "large.bin",
        ),
      );
      const place = document.querySelector('[data-source="document"] [data-picker]');
      place?.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await page.click("[data-verify]");
    await page.locator("progress").waitFor();
    await press(page, "[data-cancel]");
    await page.getByText(texts.ja.verification.cancelled).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.hasAttribute("data-verify")), true);
    await page.context().close();
  });

  test("asks for what is missing, and sends nothing at all", async () => {
    const { page } = await visit("phone", "/en/verify");
    await page.waitForLoadState("networkidle");
    const sent: string[] = [];
    page.on("request", (request) => sent.push(request.url()));
    const { missing } = texts.en.verification;
    await page.click("[data-verify]");
    assert.equal(await page.locator("[data-status]").innerText(), missing.package);
    await page.setInputFiles("#package-file", packageFile(text));
    await page.click("[data-verify]");
    assert.equal(await page.locator("[data-status]").innerText(), missing.document);
    await verify(page, text);
    assert.deepEqual(sent, []);
    await page.context().close();
  });
});
