/** An event stream. */
export interface Stream {
  /** Whether the browser has given up; otherwise it connects again by itself. */
  isClosed(): boolean;
  close(): void;
}

/** Connects the handoffs of one browser: of other tabs, and of other elements on the page. */
export interface Channel {
  /** Says the path of a handoff that has started here. */
  tell(base: string): void;
  close(): void;
}

/** What a handoff needs of the browser, so that tests can replace it. */
export interface Platform {
  fetch(url: string, init: RequestInit): Promise<Response>;
  openStream(url: string, message: (data: string) => void, error: () => void): Stream | undefined;
  /** @param started called with the path of a handoff that has started elsewhere in this browser */
  openChannel(started: (base: unknown) => void): Channel | undefined;
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
    openChannel: (started) => {
      if (typeof BroadcastChannel === "undefined") return undefined;
      const channel = new BroadcastChannel(keptAs);
      channel.onmessage = ({ data }) => started(data);
      return {
        tell: (base) => channel.postMessage(base),
        close: () => channel.close(),
      };
    },
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
