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

/** Everything that names a selector waits until the page has it; gives up after {@link patience}. */
export interface Tab {
  /** These four are done when the page is there. */
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  forward(): Promise<void>;
  url(): Promise<string>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  /** As drawn. */
  text(selector: string): Promise<string>;
  attribute(selector: string, name: string): Promise<string | null>;
  /** Whether the page has it now. */
  has(selector: string): Promise<boolean>;
  /** What is on the screen, as PNG. */
  screenshot(): Promise<Buffer>;
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
}

export interface Browser {
  newSession(choice?: SessionChoice): Promise<Session>;
  close(): Promise<void>;
}

/** Milliseconds that a browser may take for one thing. */
export const patience = 20_000;

/** Wide enough for the pages of a computer; the QR code is on the screen without scrolling. */
export const screen = { width: 1280, height: 900 } as const;
