// Reading a QR code off a screenshot, as a phone's camera would.
import jsqr from "jsqr";
import { PNG } from "pngjs";

/** The text of the QR code in a PNG; throws if there is none. */
export function readQr(png: Buffer): string {
  const { data, width, height } = PNG.sync.read(png);
  const decode = jsqr as unknown as typeof jsqr.default;
  const code = decode(new Uint8ClampedArray(data), width, height);
  if (code === null) throw new Error("no QR code is to be seen in the screenshot");
  return code.data;
}
