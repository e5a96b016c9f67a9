// What a person does to sign a document and to verify a package, in a real browser.
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { TestDocument } from "./documents.ts";

export const methods = ["digest-info", "bare", "p384-digest-info", "p384-bare"] as const;
export type Method = (typeof methods)[number];

export const hashOf = (method: Method) => (method.startsWith("p384") ? "sha384" : "sha256");

/** Two GiB take their time on a slow machine. */
const patience = 300_000;

/** Chooses the file and the method; done when the page has computed the hash. @returns the hash that the page shows */
export async function chooseDocument(
  page: Page,
  origin: string,
  document: TestDocument,
  method: Method,
): Promise<string> {
  await page.goto(`${origin}/sign`);
  await page.locator("details.advanced > summary").click();
  await page.locator(`input[name="method"][value="${method}"]`).check();
  await page.setInputFiles("#file", document.path);
  const digest = page.locator("[data-digest]");
  await digest.waitFor({ timeout: patience });
  return (await digest.innerText()).replaceAll(/\s/g, "");
}

/** From the button to the result, by way of the page of test cards. @returns the package, downloaded */
export async function sign(page: Page, method: Method): Promise<string> {
  await page.locator("[data-sign]").click();
  await page.waitForURL(/\/test-card$/);
  if (method.startsWith("p384")) {
    for (const summary of await page.locator("details > summary").all()) await summary.click();
    await page.locator('input[name="response"][value="sign-next-card"]').check();
  }
  await page.locator('[data-testid="authenticate"]').click();
  await page.waitForURL(/\/sign\/result$/);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("[data-download]").click(),
  ]);
  return readFile(await download.path(), "utf8");
}

export interface Verdict {
  /** `good`, `not-checked`, or the code of the refusal. */
  readonly verdict: string;
  readonly checks: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Opens the page to verify on, with all that it loads: from here on it needs no network. */
export async function openVerifier(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/verify`, { waitUntil: "networkidle" });
}

/** Verifies a package with its document on the page for it, for the end of a day where one is given. */
export async function verify(
  page: Page,
  packagePath: string,
  document: TestDocument,
  date?: string,
): Promise<Verdict> {
  await page.setInputFiles("#package-file", packagePath);
  await page.setInputFiles("#document-file", document.path);
  if (date !== undefined) {
    await page.locator("details.advanced > summary").click();
    await page.locator("#verify-date").fill(date);
  }
  await page.locator("[data-verify]").click();
  const verdict = page.locator("[data-result] .verdict");
  await verdict.waitFor({ timeout: patience });
  const checks = await page
    .locator("[data-result] [data-check]")
    .evaluateAll((rows) =>
      rows.map((row) => [row.getAttribute("data-check"), row.getAttribute("data-status")]),
    );
  return {
    verdict:
      (await verdict.getAttribute("data-verdict")) ?? (await verdict.getAttribute("data-code")) ?? "none",
    checks: Object.fromEntries(checks),
    text: await page.locator("[data-result]").innerText(),
  };
}
