// What pages and the crate's documentation say of defaults: every such sentence is known here, with the values that it names.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/paths.ts";
import { statements } from "./statements.ts";

/** What a sentence says, by the option's name in the package's doc comments, which are held to the code. */
type Values = Readonly<Record<string, unknown>>;

const algorithms = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];

const pageRules: readonly (readonly [RegExp, Values?])[] = [
  [/`iss` may be absent by default/, { "RelyingPartyOptions.requireIss": false }],
  [/`openid` alone by default/, { "RelyingPartyOptions.scope": ["openid"] }],
  [/64 MiB by default|既定は 64 MiB/, { "CertificateLimits.inputBytes": 64 * 1024 * 1024 }],
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
  [/`sessionLifetime` の既定は 8 時間/, { "RelyingPartyOptions.sessionLifetime": 8 * 3_600 }],
  [/`clockTolerance`（既定は 300 秒）/, { "RevocationOptions.clockTolerance": 300 }],
  // Said in words in the doc comments as well, and checked there.
  [/転送元を示すヘッダーは、既定では一切信用しません/],
  [/アンカーの証明書に書かれたパスについての制約は、既定で適用します/],
  // Other defaults than those of options: of ASN.1, of a form, of a phone, of another service, of Rust.
  [/the default is left out|^\| `default` \||default values\b|省くべき既定値/],
  [/with the default it ends in `key-unsuitable`|既定のままでは `key-unsuitable`/],
  [/default browser|既定のブラウザー/],
  [/default scopes/],
  [
    /where nothing has to be said there is `Default`|keep their defaults unless they are set|has no defaults, so that/,
  ],
  [/A default that a doc comment or a page states|`crate\/tests\/data\/defaults\.json`/],
  [/every other field may be set afterwards|::default\(\)|unwrap_or_default\(\)/],
];

const crateRules: readonly (readonly [RegExp, Values?])[] = [
  [/`Algorithm::Es256`\] alone by default/, { "VerifyIdTokenOptions.algorithms": ["ES256"] }],
  // 60 checks, six times over; one with RSA-8192 counts as 18.
  [/20 of RSA-8192, by default/, { "CertificateLimits.signatures": 60 }],
  [/clocks may differ by 300 seconds/, { "VerifySignedPackageOptions.revocation.clockTolerance": 300 }],
  [
    /nothing required, 300 seconds of skew/,
    { "RevocationOptions.clockTolerance": 300, "RevocationOptions.require": "nothing" },
  ],
  [
    /any policy, no purpose, no SHA-1, no revocation check required/,
    { "GeneralCertificateOptions.allowSha1": false, "RevocationOptions.require": "nothing" },
  ],
  [/no evidence of revocation, none required/, { "RevocationOptions.require": "nothing" }],
  [
    /The options that have no default; all others at theirs|These authorities and the defaults|gives the strict defaults/,
  ],
  // Of ASN.1.
  [
    /BOOLEAN DEFAULT FALSE|The default minimum|minimum of zero, the default|The defaults are SHA-1|A default value is written out|default is written out/,
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
    for (const line of text.split("\n")) if (/(?<!export )\bdefaults?\b|既定/i.test(line)) yield [page, line];
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
      for (const [fragment, values = {}] of fitting) {
        used.add(fragment);
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
