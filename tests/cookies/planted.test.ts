// A page on a sibling host, or somebody on the network, plants cookies under names that only look like ours, in a real browser.
// Each attack is first seen to work with the very same cookies under the very names, set as only the site itself can set them.
import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type Emulator, startEmulator } from "@honnin/emulator";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.ts";
import { keyPair } from "../support/key-pair.ts";
import { Attacker, attackersDocument, type Prepared } from "./attacker.ts";
import { type Network, startNetwork } from "./network.ts";
import {
  type Cookie,
  fewPlantings,
  hasArrived,
  hasLastArrivedOnly,
  type Planting,
  plainly,
  plant,
  plantings,
} from "./planting.ts";
import { sendCookieBytes } from "./raw-request.ts";
import { inWorkerd, onNode, type RunningSite } from "./run-site.ts";
import type { Signed } from "./site.ts";

const victimsCard = "ordinary";
const hosts = { workerd: "workerd.victim.test", "node:http": "node.victim.test" } as const;
type Runtime = keyof typeof hosts;

let emulator: Emulator;
let sites: Record<Runtime, RunningSite>;
let network: Network;
let browser: Browser;
let page: Page;

before(async () => {
  const [clientKey, decryptionKey] = [
    await keyPair("ES256", "sig", "client-key"),
    await keyPair("RSA-OAEP-256", "enc", "decryption-key"),
  ];
  emulator = await startEmulator({ mode: "test-card", quiet: true });
  emulator.addClient({
    clientId: "testclient",
    name: "test",
    redirectUris: Object.values(hosts).map((host) => `https://${host}/auth/callback`),
    jwks: { keys: [clientKey.registered, decryptionKey.registered] },
  });
  const settings = (runtime: Runtime) => ({
    origin: `https://${hosts[runtime]}`,
    emulatorOrigin: emulator.origin,
    clientId: "testclient",
    clientKey: JSON.stringify(clientKey.own),
  });
  sites = {
    workerd: await inWorkerd(settings("workerd")),
    "node:http": await onNode(settings("node:http")),
  };
  network = await startNetwork(
    new Map([
      [hosts.workerd, sites.workerd.url],
      [hosts["node:http"], sites["node:http"].url],
    ]),
  );
  browser = await launchChromium(
    `--host-resolver-rules=${network.resolverRules}`,
    // Else Chromium asks for https first, wherever plain http is named.
    "--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
  );
  page = await browser.newPage({ ignoreHTTPSErrors: true });
});

after(async () => {
  await browser?.close();
  await network?.close();
  for (const site of Object.values(sites ?? {})) await site.close();
  await emulator?.close();
});

/** A victim's browser, with nothing in it. */
async function withPage<Result>(work: (page: Page) => Promise<Result>): Promise<Result> {
  await page.context().clearCookies();
  await page.goto("about:blank");
  network.takeCookies();
  return work(page);
}

/** Sets cookies as the site itself would. */
async function setOutright(page: Page, origin: string, cookies: readonly Cookie[]): Promise<void> {
  await page
    .context()
    .addCookies(cookies.map((cookie) => ({ ...cookie, url: origin, secure: true, httpOnly: true })));
}

async function useCard(page: Page): Promise<void> {
  await page.locator(`input[name="person"][value="${victimsCard}"]`).check();
  await page.locator('[data-testid="authenticate"]').click();
}

/** Who a page of the site says that is logged in. */
async function subOf(page: Page, origin: string): Promise<string | undefined> {
  await page.goto(`${origin}/me`);
  return (await jsonOf<{ sub: string } | null>(page))?.sub;
}

const jsonOf = async <Json>(page: Page): Promise<Json> => JSON.parse(await page.locator("pre").innerText());

/** The code on the page of a refusal. */
const codeOf = (page: Page) =>
  page.evaluate(() => document.querySelector("[data-code]")?.getAttribute("data-code"));

async function logIn(page: Page, origin: string): Promise<string | undefined> {
  await page.goto(`${origin}/auth/login`);
  await useCard(page);
  await page.waitForURL(`${origin}/**`);
  return subOf(page, origin);
}

/** All of them reached the site, as they were planted. */
function assertArrived(planting: Planting, cookies: readonly Cookie[]): void {
  const headers = network.takeCookies();
  for (const cookie of cookies)
    assert.ok(hasArrived(headers, planting, cookie), `${cookie.name} did not arrive`);
}

const only = (prepared: Prepared): Cookie => {
  const [cookie, ...others] = prepared.cookies;
  assert.ok(cookie !== undefined && others.length === 0);
  assert.match(cookie.name, /^__Host-/);
  return cookie;
};

/** The attacker's own preparations may go to another host name than the victim's browser. */
const noCookie = /^login-(cookie-missing|host-mismatch)$/;

const titleOf = ({ bytes, by, over }: Planting) => `${bytes || "nothing"} in front, by ${by} over ${over}`;

for (const runtime of Object.keys(hosts) as Runtime[]) {
  suite(`against ${runtime}`, () => {
    const origin = `https://${hosts[runtime]}`;
    let attacker: Attacker;
    let subs: { readonly victim: string; readonly attacker: string };

    before(async () => {
      attacker = new Attacker(origin, sites[runtime].url);
      const { cookies } = await attacker.session();
      subs = {
        victim: (await withPage((page) => logIn(page, origin))) ?? "",
        attacker:
          (await withPage(async (page) => {
            await setOutright(page, origin, cookies);
            return subOf(page, origin);
          })) ?? "",
      };
      assert.ok(subs.victim !== "" && subs.attacker !== "" && subs.victim !== subs.attacker);
    });

    test("session fixation", async (t) => {
      const session = await attacker.session();
      await t.test("set outright, the session is the attacker's", () =>
        withPage(async (page) => {
          await setOutright(page, origin, [only(session)]);
          assert.equal(await subOf(page, origin), subs.attacker);
        }),
      );
      for (const planting of plainly) {
        await t.test(`${titleOf(planting)}: the browser refuses the cookie`, () =>
          withPage(async (page) => {
            await plant(page, planting, session.cookies);
            assert.equal(await subOf(page, origin), undefined);
            assert.ok(hasLastArrivedOnly(network.takeCookies()));
          }),
        );
      }
      for (const planting of plantings) {
        await t.test(titleOf(planting), () =>
          withPage(async (page) => {
            await plant(page, planting, session.cookies);
            assert.equal(await subOf(page, origin), undefined);
            assertArrived(planting, session.cookies);
          }),
        );
      }
    });

    test("login CSRF through the callback", async (t) => {
      await t.test("set outright, the login is the attacker's", () =>
        withPage(async (page) => {
          const login = await attacker.login();
          await setOutright(page, origin, [only(login)]);
          await page.goto(login.address);
          assert.equal(await subOf(page, origin), subs.attacker);
        }),
      );
      for (const planting of fewPlantings) {
        await t.test(titleOf(planting), () =>
          withPage(async (page) => {
            const login = await attacker.login();
            await plant(page, planting, [only(login)]);
            await page.goto(login.address);
            assert.match((await codeOf(page)) ?? "", noCookie);
            assertArrived(planting, login.cookies);
            assert.equal(await subOf(page, origin), undefined);
          }),
        );
      }
    });

    test("a signature of the attacker's document in the victim's name", async (t) => {
      const signedSoFar = (page: Page) =>
        page.goto(`${origin}/signed`).then(() => jsonOf<readonly Signed[]>(page));

      await t.test("set outright, the victim's card signs it for the attacker", () =>
        withPage(async (page) => {
          const before = await signedSoFar(page);
          const { cookies, address } = await attacker.signature();
          assert.equal(cookies.length, 2);
          await setOutright(page, origin, cookies);
          await page.goto(address);
          await useCard(page);
          await page.waitForURL(`${origin}/signed`);
          assert.deepEqual(await jsonOf(page), [
            ...before,
            { sub: subs.victim, document: attackersDocument },
          ]);
        }),
      );
      for (const planting of fewPlantings) {
        await t.test(titleOf(planting), () =>
          withPage(async (page) => {
            const before = await signedSoFar(page);
            const { cookies, address } = await attacker.signature();
            await plant(page, planting, cookies);
            await page.goto(address);
            await useCard(page);
            await page.waitForURL(`${origin}/**`);
            assert.match((await codeOf(page)) ?? "", noCookie);
            assertArrived(planting, cookies);
            await page.goto(`${origin}/auth/sign/resume`);
            assert.equal(await codeOf(page), "signature-not-found");
            assert.deepEqual(await signedSoFar(page), before);
          }),
        );
      }
    });

    test("a lock-out by cookies beside the victim's own", async (t) => {
      const planted = (
        await Promise.all([attacker.session(), attacker.login(), attacker.signature()])
      ).flatMap(({ cookies }) => cookies);
      const [session] = planted;
      assert.ok(session !== undefined);

      await t.test("two of the very name are no session", async () => {
        const me = async (cookie: string) => {
          const { url } = sites[runtime];
          const address = { hostname: url.hostname, port: Number(url.port) };
          return (await sendCookieBytes(address, hosts[runtime], "/me", Buffer.from(cookie))).body;
        };
        const pair = `${session.name}=${session.value}`;
        assert.match(await me(pair), new RegExp(`"${subs.attacker}"`));
        assert.match(await me(`${pair}; ${session.name}=planted`), /\bnull\b/);
      });
      for (const planting of fewPlantings) {
        await t.test(titleOf(planting), () =>
          withPage(async (page) => {
            assert.equal(await logIn(page, origin), subs.victim);
            await plant(page, planting, planted);
            assert.equal(await subOf(page, origin), subs.victim);
            assertArrived(planting, planted);
            // And a login goes through with all of them in its way.
            assert.equal(await logIn(page, origin), subs.victim);
          }),
        );
      }
    });
  });
}
