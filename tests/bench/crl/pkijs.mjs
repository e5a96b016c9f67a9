// Looks for serial numbers in a CRL with pkijs, its node limit raised: `node pkijs.mjs <crl.der> <serial in hex> …`.
import { readFileSync } from "node:fs";
import * as asn1js from "asn1js";
import { CertificateRevocationList } from "pkijs";

const [file, ...serials] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
const before = process.memoryUsage().rss;
const started = performance.now();
const parsed = asn1js.fromBER(bytes.slice().buffer, { maxNodes: Number.MAX_SAFE_INTEGER });
if (parsed.offset === -1) throw new Error(parsed.result.error);
const crl = new CertificateRevocationList({ schema: parsed.result });
const known = new Set(
  crl.revokedCertificates.map(({ userCertificate }) =>
    Buffer.from(userCertificate.valueBlock.valueHexView).toString("hex"),
  ),
);
const found = serials.map((serial) => known.has(serial));
const ms = performance.now() - started;
process.stdout.write(
  JSON.stringify({ ms, bytes: Math.max(0, process.resourceUsage().maxRSS * 1024 - before), found }),
);
