import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseLaunch, type Launch, type LaunchHints } from "honnin/launch";

const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
const android =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";
const androidTablet =
  "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const mac =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15";
const windows =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const linux =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const oldIpad =
  "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 Version/12.1 Mobile/15E148 Safari/604.1";

const finger = { pointerCoarse: true, maxTouchPoints: 5 };
const mouse = { pointerCoarse: false, maxTouchPoints: 0 };

const cases: [string, LaunchHints, Launch][] = [
  ["an iPhone", { userAgent: iphone }, "link"],
  ["an iPhone on its side", { userAgent: iphone, ...finger, viewportWidth: 390 }, "link"],
  ["an Android phone", { userAgent: android, ...finger, viewportWidth: 412 }, "link"],
  ["an unfolded Android phone", { userAgent: android, ...finger, viewportWidth: 690 }, "link"],
  ["an Android tablet", { userAgent: androidTablet, ...finger, viewportWidth: 800 }, "redirect"],
  [
    "an Android phone at a zoom that hides Mobile",
    { userAgent: androidTablet, ...finger, viewportWidth: 480 },
    "link",
  ],
  ["an iPad", { userAgent: oldIpad, ...finger, viewportWidth: 768 }, "redirect"],
  ["an iPad that says it is a Mac", { userAgent: mac, ...finger, viewportWidth: 744 }, "redirect"],
  ["an iPhone asking for desktop sites", { userAgent: mac, ...finger, viewportWidth: 390 }, "link"],
  ["an Android phone asking for desktop sites", { userAgent: linux, ...finger, viewportWidth: 412 }, "link"],
  ["a Mac", { userAgent: mac, ...mouse, viewportWidth: 900 }, "redirect"],
  ["a narrow window on a Mac", { userAgent: mac, ...mouse, viewportWidth: 320 }, "redirect"],
  ["a Linux PC with a touch display", { userAgent: linux, ...finger, viewportWidth: 1080 }, "redirect"],
  [
    "a Windows PC with a small touch display",
    { userAgent: windows, ...finger, viewportWidth: 500 },
    "redirect",
  ],
  ["a header alone, of a Mac", { userAgent: mac }, "redirect"],
  ["nothing known", { userAgent: "" }, "redirect"],
  ["a display of unknown size", { userAgent: mac, ...finger, viewportWidth: 0 }, "redirect"],
];

for (const [device, hints, launch] of cases) {
  test(`${device}: ${launch}`, () => {
    assert.equal(chooseLaunch(hints), launch);
    const onComputer = launch === "link" ? "link" : "qr";
    assert.equal(chooseLaunch({ ...hints, onComputer: "qr" }), onComputer);
    for (const override of ["link", "redirect", "qr"] as const) {
      assert.equal(chooseLaunch({ ...hints, override }), override);
    }
  });
}

test("what is not given is read from the browser, what is given is not", () => {
  const names = ["navigator", "screen", "matchMedia"] as const;
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  const browser = {
    navigator: { userAgent: mac, maxTouchPoints: 5 },
    // On its side: the shorter side counts.
    screen: { width: 844, height: 390 },
    matchMedia: (query: string) => ({ matches: query === "(pointer: coarse)" }),
  };
  for (const name of names) {
    Object.defineProperty(globalThis, name, { value: browser[name], configurable: true });
  }
  try {
    assert.equal(chooseLaunch(), "link");
    assert.equal(chooseLaunch({ maxTouchPoints: undefined }), "link");
    assert.equal(chooseLaunch({ viewportWidth: 844 }), "redirect");
    assert.equal(chooseLaunch({ pointerCoarse: false }), "redirect");
    assert.equal(chooseLaunch({ maxTouchPoints: 0 }), "redirect");
    assert.equal(chooseLaunch({ userAgent: windows }), "redirect");
  } finally {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
    }
  }
});

test("an override that is none of the three is ignored", () => {
  assert.equal(chooseLaunch({ userAgent: iphone, override: "<script>" as never }), "link");
});

test("on a server without a header: redirect", () => {
  assert.equal(chooseLaunch(), "redirect");
});
