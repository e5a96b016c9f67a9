import { writeFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { six } from "./honnin/six.js";

test("six things", async () => {
  const things = await six();
  writeFileSync("outcome.json", JSON.stringify(things));
  expect(things.accepted).toBe("5f2d6a4c");
});
