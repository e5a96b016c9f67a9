import assert from "node:assert/strict";
import { bytesInFront, bytesThatBrowsersKeep, bytesThatHttpDrops } from "./planted-names.ts";

/** Whether the server takes the cookie for the one that it knows; "refused" where it does not take the request. */
export type IsTaken = (header: Buffer) => Promise<boolean | "refused">;

/**
 * @param pair name and value of a cookie that the server takes if nothing is in front of it
 * @param whiteSpace what may be in front of it
 */
export async function checkByteTable(
  isTaken: IsTaken,
  pair: string,
  whiteSpace: readonly string[] = bytesThatHttpDrops,
): Promise<void> {
  for (const before of ["", "a=b; "]) {
    const header = (front: string) =>
      Buffer.concat([Buffer.from(before), Buffer.from(front, "hex"), Buffer.from(pair)]);
    assert.equal(await isTaken(header("")), true);
    for (const front of whiteSpace) assert.equal(await isTaken(header(front)), true, front);
    for (const front of bytesInFront)
      assert.notEqual(await isTaken(header(front)), true, `${front} after "${before}"`);
    // Those that browsers send are not refused by the server: what keeps them out is the reading.
    for (const front of bytesThatBrowsersKeep) assert.equal(await isTaken(header(front)), false, front);
  }
}
