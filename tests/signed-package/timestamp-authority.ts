// A timestamping authority that OpenSSL plays, with the machine's clock.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface TokenOptions {
  /** Of the message imprint. */
  readonly hash?: "sha1" | "sha256" | "sha384" | "sha512";
  /** Of the attribute that names the signer's certificate. */
  readonly namedBy?: "sha1" | "sha256" | "sha512";
  /** Whether the signer's certificate comes along. */
  readonly enclosed?: boolean;
  /** The whole answer in place of the token alone. */
  readonly answer?: boolean;
}

/** How a token that OpenSSL would not make as a timestamp is signed: as any CMS message. */
export interface SignedOptions {
  /** The signer, by the name of its extKeyUsage. */
  readonly signer?: keyof typeof usages;
  readonly type?: string;
  /** Whether the attribute names the signer's certificate. */
  readonly named?: boolean;
}

/** extKeyUsage of each certificate; only the first is one of a timestamping authority. */
const usages = {
  stamp: "critical,timeStamping",
  lenient: "timeStamping",
  more: "critical,timeStamping,codeSigning",
  other: "critical,codeSigning",
} as const;

export class TimestampAuthority {
  readonly #folder = mkdtempSync(join(tmpdir(), "honnin-timestamps-"));
  /** The trust anchor, in PEM. */
  readonly anchor: string;
  /** The certificate that signs timestamps, in PEM. */
  readonly certificate: string;

  constructor() {
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const root = ["-days", "3650", "-subj", "/O=HONNIN-TEST/CN=Root of timestamps"];
    this.#openssl(
      "req",
      "-x509",
      ...key,
      ...root,
      "-keyout",
      this.#at("root.key"),
      "-out",
      this.#at("root.pem"),
    );
    for (const [name, usage] of Object.entries(usages)) {
      const subject = ["-subj", `/O=HONNIN-TEST/CN=Timestamps, ${name}`];
      this.#openssl(
        "req",
        ...key,
        ...subject,
        "-keyout",
        this.#at(`${name}.key`),
        "-out",
        this.#at(`${name}.csr`),
      );
      writeFileSync(
        this.#at(`${name}.ext`),
        `keyUsage=critical,digitalSignature\nextendedKeyUsage=${usage}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`,
      );
      const issuer = ["-CA", this.#at("root.pem"), "-CAkey", this.#at("root.key"), "-days", "3650"];
      const made = ["-extfile", this.#at(`${name}.ext`), "-out", this.#at(`${name}.pem`)];
      this.#openssl("x509", "-req", "-in", this.#at(`${name}.csr`), ...issuer, ...made);
    }
    this.anchor = readFileSync(this.#at("root.pem"), "utf8");
    this.certificate = readFileSync(this.#at("stamp.pem"), "utf8");
  }

  /** A token over these bytes. */
  token(data: Uint8Array, options: TokenOptions = {}): Uint8Array {
    const { hash = "sha256", namedBy = "sha256", enclosed = true, answer = false } = options;
    writeFileSync(this.#at("data"), data);
    writeFileSync(
      this.#at("config"),
      `[tsa]
default_tsa = authority
[authority]
serial = ${this.#at("serial")}
signer_cert = ${this.#at("stamp.pem")}
signer_key = ${this.#at("stamp.key")}
signer_digest = sha256
default_policy = 2.999.392.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = ${namedBy}
`,
    );
    const query = ["-query", "-data", this.#at("data"), `-${hash}`, "-out", this.#at("query")];
    this.#openssl("ts", ...query, ...(enclosed ? ["-cert"] : []));
    const reply = ["-reply", "-config", this.#at("config"), "-queryfile", this.#at("query")];
    this.#openssl("ts", ...reply, ...(answer ? [] : ["-token_out"]), "-out", this.#at("token"));
    return Uint8Array.from(readFileSync(this.#at("token")));
  }

  /** This content, signed as a CMS message. */
  signed(content: Uint8Array, options: SignedOptions = {}): Uint8Array {
    const { signer = "stamp", type = "1.2.840.113549.1.9.16.1.4", named = true } = options;
    writeFileSync(this.#at("content"), content);
    const whose = [
      "-signer",
      this.#at(`${signer}.pem`),
      "-inkey",
      this.#at(`${signer}.key`),
      "-md",
      "sha256",
    ];
    const form = ["-sign", "-binary", "-nodetach", "-nosmimecap", "-outform", "DER", "-econtent_type", type];
    const files = ["-in", this.#at("content"), "-out", this.#at("signed")];
    this.#openssl("cms", ...form, ...whose, ...(named ? ["-cades"] : []), ...files);
    return Uint8Array.from(readFileSync(this.#at("signed")));
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #at(name: string): string {
    return join(this.#folder, name);
  }

  #openssl(...args: readonly string[]): void {
    const { status, stderr } = spawnSync("openssl", args);
    if (status !== 0) throw new Error(`openssl ${args.slice(0, 2).join(" ")}: ${stderr}`);
  }
}
