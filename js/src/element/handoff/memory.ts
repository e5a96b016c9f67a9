import type { HandoffOptions } from "./options.js";
import type { Platform } from "./platform.js";
import { parse } from "./requests.js";

/** What a tab remembers of its handoff while its page is loaded again. The rest is at the server. */
export interface Remembered {
  /** For the QR code. */
  readonly url: string;
  /** When the code lapses, in milliseconds of the platform's clock. */
  readonly deadline: number;
}

/** What tells a page's handoff from that of another page. */
function nameOf({ base, returnTo, scopes }: HandoffOptions): string {
  return `${base} ${returnTo} ${scopes}`;
}

export function remember(platform: Platform, options: HandoffOptions, { url, deadline }: Remembered): void {
  platform.keep(JSON.stringify([nameOf(options), url, deadline]));
}

/** `undefined` if this tab had no handoff with these options. */
export function recall(platform: Platform, options: HandoffOptions): Remembered | undefined {
  const kept = parse(platform.kept());
  if (!Array.isArray(kept) || kept[0] !== nameOf(options)) return undefined;
  return { url: String(kept[1]), deadline: Number(kept[2]) };
}
