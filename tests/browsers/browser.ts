// What the tests ask of a browser, whichever engine it is and whatever protocol it speaks.

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: string | undefined;
}

/**
 * Everything that names a selector waits until the page has it; gives up after {@link patience}. `host >>> selector` looks into the shadow
 * tree of a host.
 */
export interface Tab {
  /** These four are done when the page is there. */
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  url(): Promise<string>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** Keys where the focus is: characters, or the name of one key. */
  press(keys: string): Promise<void>;
  /** What has the focus: its ID, or its text; in a shadow tree, after the name of the host. */
  focused(): Promise<string>;
  /** As drawn. */
  text(selector: string): Promise<string>;
  attribute(selector: string, name: string): Promise<string | null>;
  /** Scrolls it to where it can be seen. */
  reveal(selector: string): Promise<void>;
  /** Whether the page has it now. */
  has(selector: string): Promise<boolean>;
  /** What is on the screen, as PNG. */
  screenshot(): Promise<Buffer>;
  /** Out of sight, as behind another tab. {@link url} and {@link isHidden} leave it there. */
  hide(): Promise<void>;
  show(): Promise<void>;
  isHidden(): Promise<boolean>;
  /** Those that go to the page's address, the script's and the server's. */
  cookies(): Promise<readonly Cookie[]>;
  setCookies(cookies: readonly Cookie[]): Promise<void>;
  clearCookies(): Promise<void>;
}

/** A browser of one's own: it shares cookies and storage among its tabs, and with nobody else. */
export interface Session {
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface SessionChoice {
  /** As in the browser's settings. Default `ja`. */
  readonly language?: "ja" | "en";
  /** A phone is narrow, and says that it is an iPhone. Default `computer`. */
  readonly device?: "computer" | "phone";
}

export interface Browser {
  newSession(choice?: SessionChoice): Promise<Session>;
  close(): Promise<void>;
}

/** Milliseconds that a browser may take for one thing. */
export const patience = 20_000;

/** Wide enough for the pages of a computer; the QR code is on the screen without scrolling. */
export const screen = { width: 1280, height: 900 } as const;

export const phone = {
  width: 390,
  height: 844,
  userAgent:
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
} as const;

/** What {@link Tab.press} takes for the name of a key. */
export const keyNames: ReadonlySet<string> = new Set(["Tab", "Enter", "Space"]);

/** In the page, for {@link Tab.focused}. */
export function describeFocus(): string {
  let active = document.activeElement;
  let hosts = "";
  for (; active?.shadowRoot?.activeElement; active = active.shadowRoot.activeElement)
    hosts += `${active.localName} `;
  const own = active?.id || (active?.textContent ?? "").trim() || (active?.getAttribute("name") ?? "");
  return hosts + own;
}
