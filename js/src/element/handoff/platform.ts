/** An event stream. */
export interface Stream {
  /** Whether the browser has given up; otherwise it connects again by itself. */
  isClosed(): boolean;
  close(): void;
}

/** Connects the handoffs of one browser, also of other tabs. A message is the path of a handoff that has started elsewhere. */
export type Channel = Pick<BroadcastChannel, "onmessage" | "postMessage" | "close">;

/** What a handoff needs of the browser, so that tests can replace it. */
export interface Platform {
  fetch(url: string, init: RequestInit): Promise<Response>;
  openStream(url: string, message: (data: string) => void, error: () => void): Stream | undefined;
  openChannel(): Channel | undefined;
  /** Milliseconds. */
  now(): number;
  isHidden(): boolean;
  isOffline(): boolean;
  /** Calls back when the page becomes visible, comes back from the back/forward cache, or goes online or offline. */
  onWake(callback: () => void): () => void;
  /** Keeps a text for this tab until it is closed. */
  keep(text: string): void;
  /** Empty if nothing is kept. */
  kept(): string;
}

const keptAs = "honnin-handoff";
const wakes = ["online", "offline", "pageshow"] as const;

export function browserPlatform(): Platform {
  return {
    fetch: (url, init) => fetch(url, init),
    openStream: (url, message, error) => {
      if (typeof EventSource === "undefined") return undefined;
      const source = new EventSource(url);
      source.onmessage = ({ data }) => message(String(data));
      source.onerror = error;
      return {
        isClosed: () => source.readyState === EventSource.CLOSED,
        close: () => source.close(),
      };
    },
    openChannel: () => (typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(keptAs)),
    now: () => Date.now(),
    isHidden: () => document.hidden,
    isOffline: () => !navigator.onLine,
    onWake: (callback) => {
      const each = (act: "addEventListener" | "removeEventListener") => {
        document[act]("visibilitychange", callback);
        for (const name of wakes) window[act](name, callback);
      };
      each("addEventListener");
      return () => each("removeEventListener");
    },
    keep: (text) => {
      try {
        sessionStorage.setItem(keptAs, text);
      } catch {
        // Blocked or full: a page that is loaded again begins anew.
      }
    },
    kept: () => {
      try {
        return sessionStorage.getItem(keptAs) ?? "";
      } catch {
        return "";
      }
    },
  };
}
