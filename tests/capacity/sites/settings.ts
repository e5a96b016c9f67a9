// What each measured site is told.
import type { PrivateJwk } from "honnin/relying-party";

export interface SiteSettings {
  readonly origin: string;
  readonly serviceOrigin: string;
  readonly clientId: string;
  readonly clientKey: PrivateJwk;
}

export const cookieSecret = "0123456789abcdefghijklmnopqrstuv";
