// Bytes over the wire: the modules, and what a bundler makes of a few lines that import honnin or a peer.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundle, type Platform, startOf } from "./bundle.ts";
import { dist } from "./folders.ts";
import type { BytesKind, BytesRow } from "./results.ts";

function brotli(bytes: Uint8Array): number {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}

/** Each file is compressed by itself, as a server does it. */
function row(id: string, kind: BytesKind, name: string, files: readonly Uint8Array[]): BytesRow {
  const sum = (size: (bytes: Uint8Array) => number) => files.reduce((sum, file) => sum + size(file), 0);
  return {
    id,
    kind,
    name,
    raw: sum(({ length }) => length),
    gzip: sum((bytes) => gzipSync(bytes, { level: 9 }).length),
    brotli: sum(brotli),
  };
}

const modules = [
  ["id-token.wasm", "module for logins"],
  ["honnin.wasm", "whole module"],
] as const;

const forTokens = 'export { remoteKeys, verifyIdToken } from "honnin";';
const forLogins = 'export { relyingPartyForLogins } from "honnin/relying-party";';

/** Bundles in several files, as bundlers make them that split. Counted is what every login loads, not what some need later. */
const splits = [
  ["verifyIdToken", "`verifyIdToken` + `remoteKeys`, browser, what a login loads", "browser", forTokens],
  ["relyingParty", "`relyingPartyForLogins`, workerd, what a login loads", "workerd", forLogins],
] as const;

const scripts: readonly (readonly [string, BytesKind, string, Platform, string])[] = [
  [
    "verifyIdTokenOneFile",
    "JavaScript",
    "`verifyIdToken` + `remoteKeys`, browser, one file",
    "browser",
    forTokens,
  ],
  ["relyingPartyOneFile", "JavaScript", "`relyingPartyForLogins`, workerd, one file", "workerd", forLogins],
  [
    "relyingPartyWhole",
    "JavaScript",
    "`relyingParty`, workerd, one file",
    "workerd",
    'export { relyingParty } from "honnin/relying-party";',
  ],
  [
    "request",
    "JavaScript",
    "`createAuthorizationRequest`, browser",
    "browser",
    'export { createAuthorizationRequest } from "honnin/launch";',
  ],
  [
    "jose",
    "peer",
    "jose: `jwtVerify` + `createRemoteJWKSet`, browser",
    "browser",
    'export { createRemoteJWKSet, jwtVerify } from "peer:jose";',
  ],
  [
    "noble",
    "peer",
    "@noble/curves: P-256, browser",
    "browser",
    'export { p256 } from "peer:@noble/curves/nist.js";',
  ],
  [
    "pkijs",
    "peer",
    "pkijs: a chain, browser",
    "browser",
    'export { Certificate, CertificateChainValidationEngine } from "peer:pkijs";',
  ],
  [
    "peculiar",
    "peer",
    "@peculiar/x509: a chain, browser",
    "browser",
    'import "peer:reflect-metadata"; export { X509Certificate, X509ChainBuilder } from "peer:@peculiar/x509";',
  ],
  [
    "node-forge",
    "peer",
    "node-forge, browser",
    "browser",
    'import forge from "peer:node-forge"; export default forge;',
  ],
];

export async function measureBytes(): Promise<BytesRow[]> {
  const rows = modules.map(([file, name]) => row(file, "module", name, [readFileSync(join(dist, file))]));
  for (const [id, name, platform, contents] of splits)
    rows.push(row(id, "JavaScript", name, await startOf(contents, platform)));
  for (const [id, kind, name, platform, contents] of scripts)
    rows.push(row(id, kind, name, [Buffer.from(await bundle({ contents }, platform, { minify: true }))]));
  return rows;
}
