// What pages and the crate's documentation say of defaults: every such sentence is known here, with the values that it names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";
import { sourceOf } from "./code.ts";
import { statements } from "./statements.ts";

/** What a sentence says, by the option's name in the package's doc comments, which are held to the code. */
type Values = Readonly<Record<string, unknown>>;

/** What only the text of the code can tell: the place that does what the sentence says. */
type Place = readonly [file: string, does: RegExp];

type Rule = readonly [says: RegExp, values?: Values, place?: Place];

const algorithms = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];

const pageRules: readonly Rule[] = [
  [/`iss` may be absent by default/, { "RelyingPartyOptions.requireIss": false }],
  [/`openid` alone by default/, { "RelyingPartyOptions.scope": ["openid"] }],
  [/default 64 MiB|既定は 64 MiB/, { "CertificateLimits.inputBytes": 64 * 1024 * 1024 }],
  [
    /`limits: \{ perClient: 20, anonymous: 1_000 \}`/,
    { "SigningLimits.perClient": 20, "SigningLimits.anonymous": 1_000 },
  ],
  [/ten minutes by default|既定では 10 分/, { "SigningOptions.transactionLifetime": 600 }],
  [
    /RSA-OAEP-256.*ECDH-ES.*A128KW.*A256KW.*A128GCM.*A256GCM.*A128CBC-HS256/,
    {
      "OpenSignatureResultOptions.algorithms": algorithms,
      "OpenSignatureResultOptions.encryptions": ["A128GCM", "A256GCM", "A128CBC-HS256"],
    },
  ],
  [
    /default of `sessionLifetime` is 8 hours|`sessionLifetime` の既定は 8 時間/,
    { "RelyingPartyOptions.sessionLifetime": 8 * 3_600 },
  ],
  [/`clockTolerance`（既定は 300 秒）/, { "RevocationOptions.clockTolerance": 300 }],
  [
    /^\| option \| default \| reason \|$|^\| オプション \| 既定値 \| 理由 \|$/m,
    {
      "HandoffOptions.claimLifetime": 120,
      "HandoffOptions.tries": 5,
      "HandoffOptions.pollInterval": 1,
      "HandoffClientLimits.perClient": 20,
      "HandoffClientLimits.anonymous": 1_000,
    },
  ],
  // Said in words in the doc comments as well, and checked there.
  [/By default, no forwarding header is trusted|転送元を示すヘッダーは、既定では一切信用しません/],
  [/アンカーの証明書に書かれた、経路についての制約は、既定で適用します/],
  [
    /emulator[^.]*\..* By default, it listens on loopback/,
    {},
    ["demo/emulator/src/index.ts", /checkHost\(options\.host \?\? "127\.0\.0\.1"\)/],
  ],
  // Other defaults than those of options: of ASN.1, of a form, of a phone, of another service, of Rust.
  [/the default is left out|^\| `default` \||default values\b|省くべき既定値/],
  [/with the default method, the code is `key-unsuitable`|既定のままでは `key-unsuitable`/],
  [/default browser|既定のブラウザー/],
  [/default scopes/],
  [
    /Options without a default are parameters of `new|defaults: `let mut options = |`jpki::Profile` has no defaults/,
  ],
  [/A default that a doc comment or a page states|`crate\/tests\/data\/defaults\.json`/],
  [/::default\(\)|unwrap_or_default\(\)/],
];

const crateRules: readonly Rule[] = [
  [/The default is \[`Algorithm::Es256`\] alone/, { "VerifyIdTokenOptions.algorithms": ["ES256"] }],
  // The comment has no value, and the package's has the same one.
  [
    /^The default for `limits\.inputBytes`/,
    { "CertificateLimits.inputBytes": 64 * 1024 * 1024 },
    ["crate/src/boundary/input.rs", /DEFAULT_INPUT_BYTES: u32 = 64 << 20;/],
  ],
  [
    /^The default clock tolerance in seconds/,
    { "VerifyIdTokenOptions.clockTolerance": 60 },
    ["crate/src/jose/options.rs", /DEFAULT_CLOCK_TOLERANCE: u32 = 60;/],
  ],
  [
    /^The default maximum size of a token in bytes/,
    { "VerifyIdTokenOptions.maxTokenBytes": 65_536 },
    ["crate/src/jose/options.rs", /DEFAULT_MAX_TOKEN_BYTES: usize = 65_536;/],
  ],
  // 60 checks, six times over; one with RSA-8192 counts as 18.
  [
    /With the defaults, it is enough for 20 signatures with RSA-8192/,
    { "CertificateLimits.signatures": 60 },
    ["crate/src/cms/judge.rs", /const TIMES: u32 = 6;/],
  ],
  [
    /evidence is required and gives the verification time, the clock tolerance is 300 seconds, and timestamps are not checked/,
    {
      "VerifySignedPackageOptions.revocation.clockTolerance": 300,
      "VerifySignedPackageOptions.revocation.require": "certificate",
    },
    [
      "crate/src/package/verify.rs",
      /at: None,\s*evidence_required: true,\s*clock_tolerance: 300,\s*timestamps: None,/,
    ],
  ],
  [
    /nothing required, and a clock tolerance of 300 seconds/,
    { "RevocationOptions.clockTolerance": 300, "RevocationOptions.require": "nothing" },
  ],
  [
    /any policy, no purpose, no SHA-1, no revocation check required/,
    { "GeneralCertificateOptions.allowSha1": false, "RevocationOptions.require": "nothing" },
  ],
  [/no revocation evidence, and none required/, { "RevocationOptions.require": "nothing" }],
  [
    /The required options; all others have their defaults|Default options with these trust anchors\.|returns strict defaults/,
  ],
  // Of ASN.1.
  [
    /BOOLEAN DEFAULT FALSE|the default minimum (of zero )?is explicitly|All defaults use SHA-1|(A default value|the default value) is explicitly/,
  ],
];

function* crateComments(folder: string): Generator<[string, string]> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* crateComments(path);
    else if (entry.name.endsWith(".rs")) {
      const source = readFileSync(join(root, path), "utf8");
      for (const [whole, body = ""] of source.matchAll(/((?:^ *\/\/[/!].*\n)+)(.*)/gm)) {
        const text = body
          .replace(/^ *\/\/[/!] ?/gm, "")
          .replaceAll("\n", " ")
          .trim();
        if (/\bdefaults?\b/i.test(text) || /\bfn default\(\)/.test(whole)) yield [path, text];
      }
    }
  }
}

function* pageLines(pages: readonly string[]): Generator<[string, string]> {
  for (const page of pages) {
    const text = readFileSync(join(root, page), "utf8");
    for (const line of text.split("\n"))
      if (/(?<!export |-)\bdefaults?\b|既定/i.test(line)) yield [page, line];
  }
}

/** Sentences that are not known or not true, and rules that no sentence needs any longer. */
export function pageStatements(pages: readonly string[]) {
  const documented = new Map(
    statements().map(({ of, says }) => [of, "value" in says ? says.value : undefined]),
  );
  const wrong: string[] = [];
  const used = new Set<RegExp>();
  const hold = (rules: typeof pageRules, lines: Iterable<[string, string]>) => {
    for (const [file, line] of lines) {
      const fitting = rules.filter(([fragment]) => fragment.test(line));
      if (fitting.length === 0) wrong.push(`${file}: nobody knows how to check: ${line}`);
      for (const [fragment, values = {}, place] of fitting) {
        used.add(fragment);
        if (place !== undefined && !place[1].test(sourceOf(place[0])))
          wrong.push(`${file}: ${place[0]} no longer does ${place[1]}, as in: ${line}`);
        for (const [of, value] of Object.entries(values))
          if (JSON.stringify(documented.get(of)) !== JSON.stringify(value))
            wrong.push(`${file}: ${of} is ${JSON.stringify(documented.get(of))}, not as in: ${line}`);
      }
    }
  };
  hold(pageRules, pageLines(pages));
  hold(crateRules, crateComments("crate/src"));
  const unused = [...pageRules, ...crateRules]
    .map(([fragment]) => fragment)
    .filter((fragment) => !used.has(fragment));
  return { wrong, unused };
}
