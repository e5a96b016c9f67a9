import assert from "node:assert/strict";
import { test } from "node:test";
import { createAuthorizationRequest, environments, qrSvg } from "honnin/launch";
import jsqr from "jsqr";
import { codeOf, refusalOf } from "../support/refusal.ts";

// A CommonJS module whose one export is called default.
const decode = jsqr.default;
const scale = 4;

/** Draws the SVG's one path, of rectangles one module high, on its ground. */
function rasterize(svg: string): { data: Uint8ClampedArray; width: number; modules: number } {
  const modules = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const path = /<path d="([^"]+)"/.exec(svg)?.[1] ?? "";
  const width = modules * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  const drawn = path.replace(/M(\d+) (\d+)h(\d+)v1H(\d+)z/g, (_, x, y, length, back) => {
    assert.equal(x, back);
    for (let row = y * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = x * scale; column < (Number(x) + Number(length)) * scale; column++) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
    return "";
  });
  assert.equal(drawn, "", "the path holds nothing else");
  return { data, width, modules };
}

function scan(svg: string): string | undefined {
  const { data, width } = rasterize(svg);
  return decode(data, width, width)?.data;
}

test("an authorization request survives the way into a QR code and back", async () => {
  const { url } = await createAuthorizationRequest({
    environment: environments.production,
    clientId: "client1",
    redirectUri: "https://shop.example/auth/callback",
    scope: ["openid", "name", "address", "birthdate", "gender"],
  });
  assert.equal(scan(qrSvg(url)), url);
});

for (const text of ["a", "https://本人.example/確認", "x".repeat(500), "0123456789"]) {
  test(`${text.slice(0, 30)} is read back`, () => {
    assert.equal(scan(qrSvg(text)), text);
  });
}

test("the quiet zone is four modules wide on every side", () => {
  const { data, width, modules } = rasterize(qrSvg("https://shop.example/"));
  const isDark = (x: number, y: number) => data[(y * scale * width + x * scale) * 4] === 0;
  for (let i = 0; i < modules; i++) {
    for (let j = 0; j < 4; j++) {
      for (const [x, y] of [
        [i, j],
        [j, i],
        [i, modules - 1 - j],
        [modules - 1 - j, i],
      ] as const) {
        assert.ok(!isDark(x, y), `${x},${y}`);
      }
    }
  }
  assert.ok(
    isDark(4, 4) && isDark(modules - 5, 4) && isDark(4, modules - 5),
    "the finders begin right behind it",
  );
});

test("error correction is M: a code with a stain of a twentieth of its area is still read", () => {
  const text = "https://shop.example/auth/handoff?id=0123456789abcdef";
  const { data, width, modules } = rasterize(qrSvg(text));
  // Version 4, whose format bits say M: 33 modules and twice the quiet zone.
  assert.equal(modules, 33 + 8);
  const side = Math.floor(33 * Math.sqrt(1 / 20)) * scale;
  const start = Math.floor(width / 2);
  for (let y = start; y < start + side; y++) {
    data.fill(255, (y * width + start) * 4, (y * width + start + side) * 4);
  }
  assert.equal(decode(data, width, width)?.data, text);
});

test("it is an image with a name, its own ground and plain colours", () => {
  const svg = qrSvg("https://shop.example/", { label: `"<ログイン>" & 'x'` });
  const name = "&#34;&#60;ログイン&#62;&#34; &#38; &#39;x&#39;";
  assert.ok(svg.includes(`role="img" aria-label="${name}"`));
  assert.ok(svg.includes(`<title>${name}</title>`));
  assert.match(svg, /<rect width="(\d+)" height="\1" fill="#ffffff"\/>/);
  assert.match(svg, /<path d="[^"]+" fill="#000000"\/><\/svg>$/);
  assert.ok(!svg.includes("currentColor"));
  assert.match(qrSvg("a"), /aria-label="QRコード \(QR code\)"/);
});

test("colours can be chosen as long as they scan", async () => {
  assert.match(qrSvg("a", { dark: "#123", light: "#FFFFF0" }), /fill="#FFFFF0".*fill="#112233"/);
  for (const colours of [
    { dark: "#ffffff" },
    { dark: "#fff", light: "#000" },
    { dark: "#888", light: "#999" },
    { light: "#666" },
    { dark: "currentColor" },
    { dark: "black" },
    { dark: '#000"/><script>' },
    { light: "#12345" },
    { light: "#00000000" },
    { dark: 0 as never },
  ]) {
    assert.equal(await codeOf(() => qrSvg("a", colours)), "options-invalid", JSON.stringify(colours));
  }
});

test("what does not fit is refused and not repeated", async () => {
  assert.match(qrSvg("x".repeat(2331)), /^<svg /);
  for (const text of ["", "x".repeat(2332), "あ".repeat(778), "\ud800", undefined as never]) {
    const { code, message } = await refusalOf(() => qrSvg(text));
    assert.equal(code, "options-invalid");
    assert.ok(!message.includes("xx"));
  }
});
