import { encode } from "uqr";
import { HonninError } from "../error.js";

const quietZone = 4;

/** A QR code as the path of its dark modules. `size` includes the quiet zone on both sides. */
export interface QrModules {
  readonly size: number;
  readonly path: string;
}

/** @throws HonninError `options-invalid`: the text is empty or too long */
export function drawModules(text: string): QrModules {
  if (typeof text !== "string" || text === "") {
    throw new HonninError("options-invalid", "The text of a QR code must not be empty.");
  }
  let modules: boolean[][];
  try {
    modules = encode(text, { ecc: "M", border: quietZone }).data;
  } catch {
    // No cause: it would quote the text, which may be a one-time URL.
    throw new HonninError(
      "options-invalid",
      "The text is too long for a QR code, or is not well-formed Unicode.",
    );
  }
  let path = "";
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x++) {
      const start = x;
      while (row[x]) x++;
      if (x > start) path += `M${start} ${y}h${x - start}v1H${start}z`;
    }
  }
  return { size: modules.length, path };
}
