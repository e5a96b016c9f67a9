// The emulator, the site and Chromium, for the tests of a file; and what a person does.
import { after, before } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import type { PrivateJwk } from "honnin/relying-party";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { keyPair } from "../support/key-pair.ts";
import { type NavigationSite, startSite } from "./site.ts";

export interface World {
  readonly site: NavigationSite;
  /** A person's browser, with nothing in it. */
  newContext(): Promise<BrowserContext>;
}

/** Started before the tests of a file and stopped after them. */
export function useWorld(): World {
  let emulator: Emulator | undefined;
  let site: NavigationSite | undefined;
  let browser: Browser | undefined;
  before(async () => {
    const { own, registered } = await keyPair("ES256", "sig", "client-key");
    emulator = await startEmulator({ mode: "test-card", quiet: true });
    const clientId = "testclient";
    site = await startSite({ emulatorOrigin: emulator.origin, clientId, clientKey: own as PrivateJwk });
    emulator.addClient({
      clientId,
      name: "test",
      redirectUris: [`${site.origin}/auth/callback`],
      jwks: { keys: [registered] },
    });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
    await emulator?.close();
  });
  const started = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("not started");
    return part;
  };
  return {
    get site() {
      return started(site);
    },
    newContext: () => started(browser).newContext(),
  };
}

/** At the service: holds the card to the phone. */
export async function useCard(page: Page): Promise<void> {
  await page.locator('input[name="person"][value="ordinary"]').check();
  await page.locator('[data-testid="authenticate"]').click();
}

/** Who the site says that is logged in, once the way there has ended. */
export async function subOf(page: Page): Promise<string | undefined> {
  await page.waitForURL("**/me*");
  const session = JSON.parse(await page.locator("pre").innerText()) as { sub: string } | null;
  return session?.sub;
}

/** The cookies of a browser, for comparing. */
export async function cookiesOf(context: BrowserContext): Promise<string[]> {
  return (await context.cookies()).map(({ name, value }) => `${name}=${value}`).sort();
}
