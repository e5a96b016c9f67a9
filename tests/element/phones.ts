// Phones as the element sees them.
import { type BrowserContextOptions, devices } from "playwright-core";

const ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const androidView =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/BP1A.250505.005; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36";

const phone = (userAgent: string): BrowserContextOptions => ({
  ...devices["iPhone 14"],
  deviceScaleFactor: 1,
  userAgent,
});

export const phones = {
  safari: phone(`${ios} Version/18.5 Mobile/15E148 Safari/604.1`),
  line: phone(`${ios} Mobile/15E148 Safari Line/15.9.0`),
  instagram: phone(`${ios} Mobile/22F76 Instagram 385.0.0.31.78`),
  instagramOnAndroid: phone(`${androidView} Instagram 385.0.0.47.74 Android`),
  unknownApp: phone(`${ios} Mobile/15E148`),
};
