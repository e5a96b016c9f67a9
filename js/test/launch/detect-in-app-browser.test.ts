import assert from "node:assert/strict";
import { test } from "node:test";
import { detectInAppBrowser, type InAppBrowser } from "honnin/launch";

const ios = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const view =
  "Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/BP1A.250505.005; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.102 Mobile Safari/537.36";
const chrome =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

const cases: [string, InAppBrowser | undefined, string][] = [
  ["LINE on iOS", "LINE", `${ios} Mobile/15E148 Safari Line/15.9.0`],
  ["LINE on Android", "LINE", `${view} Line/15.9.1/IAB`],
  ["LIFF", "LINE", `${view} Line/15.9.1 LIFF`],
  ["Yahoo! JAPAN on iOS", "Yahoo! JAPAN", `${ios} Mobile/15E148 YJApp-IOS jp.co.yahoo.ipn.appli/4.152.0`],
  ["Yahoo! JAPAN on Android", "Yahoo! JAPAN", `${view} YJApp-ANDROID jp.co.yahoo.android.yjtop/3.205.0`],
  ["Yahoo!'s browser", undefined, `${view} YJApp-ANDROID jp.co.yahoo.android.ybrowser/3.42.2`],
  [
    "Instagram on iOS",
    "Instagram",
    `${ios} Mobile/22F76 Instagram 385.0.0.31.78 (iPhone15,4; iOS 18_5; ja_JP; ja; scale=3.00; 1179x2556; IABMV/1; 743466543)`,
  ],
  [
    "Instagram on Android",
    "Instagram",
    `${view} Instagram 385.0.0.47.74 Android (35/15; 420dpi; 1080x2424; Google/google; Pixel 9; tokay; tokay; ja_JP; 743468822)`,
  ],
  [
    "Threads on iOS",
    "Threads",
    `${ios} Mobile/22F76 Barcelona 385.0.0.25.83 (iPhone15,4; iOS 18_5; ja_JP; ja; scale=3.00; 1179x2556)`,
  ],
  [
    "Facebook on iOS",
    "Facebook",
    `${ios} Mobile/22F76 [FBAN/FBIOS;FBAV/515.0.0.41.90;FBBV/738183229;FBDV/iPhone15,4;FBMD/iPhone;FBSN/iOS;FBSV/18.5;FBSS/3;FBCR/;FBID/phone;FBLC/ja_JP;FBOP/80]`,
  ],
  ["Facebook on Android", "Facebook", `${view} [FB_IAB/FB4A;FBAV/515.0.0.62.89;IABMV/1;]`],
  [
    "Messenger on iOS",
    "Messenger",
    `${ios} Mobile/22F76 [FBAN/MessengerForiOS;FBAV/512.0.0.44.109;FBBV/733423242;FBDV/iPhone15,4;FBLC/ja_JP]`,
  ],
  ["Messenger on Android", "Messenger", `${view} [FB_IAB/Orca-Android;FBAV/512.0.0.51.109;]`],
  ["X on iOS", "X", `${ios} Version/18.5 Mobile/15E148 Safari/604.1 Twitter for iPhone/11.5`],
  ["X on Android", "X", `${view} TwitterAndroid`],
  [
    "TikTok on iOS",
    "TikTok",
    `${ios} Mobile/15E148 musical_ly_40.1.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/ja Region/JP`,
  ],
  [
    "TikTok on Android",
    "TikTok",
    `${view} trill_400104 JsSdk/1.0 NetType/WIFI AppName/trill BytedanceWebview/d8a21c6`,
  ],
  ["SmartNews", "SmartNews", `${ios} Mobile/15E148 SmartNews 25.6.0`],
  ["Gunosy", "Gunosy", `${view} Gunosy/14.2.0`],
  ["KakaoTalk", "KakaoTalk", `${view};KAKAOTALK 2510230`],
  ["WeChat", "WeChat", `${ios} Mobile/15E148 MicroMessenger/8.0.60(0x18003c2f) NetType/WIFI Language/zh_CN`],
  ["Snapchat", "Snapchat", `${ios} Version/18.5 Mobile/15E148 Safari/604.1 Snapchat/13.45.0.45`],
  ["Pinterest", "Pinterest", `${ios} Mobile/15E148 [Pinterest/iOS]`],
  ["LinkedIn", "LinkedIn", `${ios} Mobile/15E148 [LinkedInApp]/9.31.1435`],
  ["Google's app", "Google", `${ios} GSA/378.0.766498543 Mobile/15E148 Safari/604.1`],
  ["an unknown app on Android", "WebView", view],
  ["an unknown app on iOS, or a page on the home screen", "WebView", `${ios} Mobile/15E148`],
  ["Safari", undefined, `${ios} Version/18.5 Mobile/15E148 Safari/604.1`],
  ["Chrome on iOS", undefined, `${ios} CriOS/142.0.7444.77 Mobile/15E148 Safari/604.1`],
  ["Firefox on iOS", undefined, `${ios} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`],
  ["Edge on iOS", undefined, `${ios} Version/18.0 EdgiOS/142.0.3595.53 Mobile/15E148 Safari/604.1`],
  ["Chrome on Android", undefined, chrome],
  [
    "Samsung Internet",
    undefined,
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
  ],
  ["Firefox on Android", undefined, "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"],
  [
    "Safari on a Mac",
    undefined,
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
  ],
  [
    "Chrome on Windows",
    undefined,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  ],
  ["nothing", undefined, ""],
];

for (const [what, expected, userAgent] of cases) {
  test(`${what}: ${expected ?? "a browser"}`, () => assert.equal(detectInAppBrowser(userAgent), expected));
}

test("words of ordinary user agents name no app", () => {
  // "like Gecko" and "Online/1" contain names in other words; an app is named as a whole word.
  for (const word of ["Online/1.0", "Airline/2", "Pipeline/3", "NotInstagram", "Xwitter"])
    assert.equal(detectInAppBrowser(`${chrome} ${word}`), undefined, word);
});
