// One test, run in every engine that is installed; where one is missing, its tests are skipped and say so.
import { after, test } from "node:test";
import type { Browser, Session, SessionChoice, Tab } from "./browser.ts";
import * as chromium from "./chromium.ts";
import * as firefox from "./firefox.ts";
import * as webkit from "./webkit.ts";

export type EngineName = "Chromium" | "Firefox" | "WebKit";

interface Engine {
  readonly name: EngineName;
  readonly isInstalled: boolean;
  launch(): Promise<Browser>;
}

// `npm run test:full` does not go on without Chromium.
const engines: readonly Engine[] = [
  { name: "Chromium", isInstalled: true, ...chromium },
  { name: "Firefox", ...firefox },
  { name: "WebKit", ...webkit },
];

const running = new Map<EngineName, Promise<Browser>>();

after(async () => {
  for (const browser of running.values()) await (await browser).close();
});

export interface InEngine {
  readonly engine: EngineName;
  newSession(choice?: SessionChoice): Promise<Session>;
  /** The first tab of a session of its own. */
  newTab(choice?: SessionChoice): Promise<Tab>;
}

/** What a test opened is closed after it. */
export function inEachEngine(title: string, run: (given: InEngine) => Promise<void>): void {
  for (const engine of engines) {
    const skip = engine.isInstalled ? false : `${engine.name} was not found`;
    test(`${engine.name}: ${title}`, { skip, timeout: 180_000 }, async () => {
      const browser = running.get(engine.name) ?? engine.launch();
      running.set(engine.name, browser);
      const opened: Session[] = [];
      const newSession = async (choice?: SessionChoice) => {
        const session = await (await browser).newSession(choice);
        opened.push(session);
        return session;
      };
      try {
        const newTab = async (choice?: SessionChoice) => (await newSession(choice)).openTab();
        await run({ engine: engine.name, newSession, newTab });
      } finally {
        for (const session of opened) await session.close();
      }
    });
  }
}
