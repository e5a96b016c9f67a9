// Looks for serial numbers in a CRL with the npm package, signature and all: `node honnin.mjs <folder>`.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { verifyCertificate } from "honnin";

const folder = process.argv[2];
const read = (name) => new Uint8Array(readFileSync(join(folder, name)));
const { now } = JSON.parse(readFileSync(join(folder, "facts.json"), "utf8"));
const [crl, anchor, revoked, good] = ["crl.der", "anchor.der", "revoked.der", "good.der"].map(read);
const options = { anchors: [anchor], revocation: { crls: [crl], require: "certificate" }, now };
const isRevoked = (certificate) =>
  verifyCertificate(certificate, options).then(
    () => false,
    (error) => {
      if (error.code !== "certificate-revoked") throw error;
      return true;
    },
  );
const before = process.memoryUsage().rss;
let ms = Number.POSITIVE_INFINITY;
let found;
for (let round = 0; round < 5; round += 1) {
  const started = performance.now();
  found = [await isRevoked(revoked), await isRevoked(good)];
  ms = Math.min(ms, (performance.now() - started) / 2);
}
process.stdout.write(
  JSON.stringify({ ms, bytes: Math.max(0, process.resourceUsage().maxRSS * 1024 - before), found }),
);
