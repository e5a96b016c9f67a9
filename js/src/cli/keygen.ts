import { randomBytes, randomUUID } from "node:crypto";
import { lstat, readFile, rename, rm, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from "jose";
import { Failure, UsageError } from "./outcome.js";
import { usage } from "./usage.js";

const signing: readonly string[] = ["RS256", "PS256", "ES256"];
/** Algorithms of keys that decrypt signature results. */
const decryption: readonly string[] = ["RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"];

/** 256 random bits, 43 base64url characters. */
const SECRET_BYTES = 32;

interface KeygenOptions {
  /** Create a secret to encrypt cookies, instead of a key pair. */
  readonly cookieSecret: boolean;
  /** The file that gets key and secret as variables of the environment. */
  readonly env: string | undefined;
  readonly alg: string;
  readonly kid: string | undefined;
  readonly out: string;
  readonly force: boolean;
}

/** `honnin keygen`: writes the private key to a file only, and only the public JWK Set to standard output. */
export async function keygen(args: string[]): Promise<void> {
  const options = readOptions(args);
  if (options === "help") {
    process.stdout.write(usage);
    return;
  }
  if (options.cookieSecret) return makeCookieSecret(options);
  const { privateJwk, publicJwk } = await makeKeyPair(options.alg, options.kid);
  if (options.env !== undefined) return writeEnvironment(options.env, privateJwk, publicJwk);
  await writePrivate(options.out, `${JSON.stringify(privateJwk, null, 2)}\n`, options.force);
  printKeySet(publicJwk);
  process.stderr.write(
    `\n上の JWK Set (公開鍵) を申請書に貼り付けてください。秘密鍵は ${options.out} にあります。` +
      "リポジトリに入れず、実行環境のシークレットに登録してください。\n" +
      `Paste the JWK Set above (the public key) into the application form. The private key is in ${options.out}: ` +
      "store it in your platform's secrets, never in the repository.\n",
  );
}

function printKeySet(publicJwk: JWK): void {
  process.stdout.write(`${JSON.stringify({ keys: [publicJwk] }, null, 2)}\n`);
}

const taken = /^[ \t]*(?:export[ \t]+)?(CLIENT_KEY|COOKIE_SECRET)[ \t]*=/gm;

/** What is in the file stays there, so its settings are not lost, and a key that is in use is never replaced. */
async function writeEnvironment(path: string, privateJwk: JWK, publicJwk: JWK): Promise<void> {
  const before = await readIfThere(path);
  const names = [...(before ?? "").matchAll(taken)].map(([, name]) => name).join(", ");
  if (names !== "") {
    throw new Failure(
      `${path} にはすでに ${names} があります。作り直すには、その行を消してください / already has ${names}: remove it to create a new one`,
    );
  }
  // No quotation mark ends the value early, and no reader replaces "$…" by a variable, as Next.js does even between quotation marks.
  const key = JSON.stringify(privateJwk).replace(
    /['$`]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const lines = `CLIENT_KEY='${key}'\nCOOKIE_SECRET=${randomBytes(SECRET_BYTES).toString("base64url")}\n`;
  const gap = before === undefined || before === "" || before.endsWith("\n") ? "" : "\n";
  await writePrivate(path, `${before ?? ""}${gap}${lines}`, before !== undefined);
  printKeySet(publicJwk);
  process.stderr.write(
    `\nCLIENT_KEY と COOKIE_SECRET を ${path} に書きました。リポジトリに入れないでください。上の JWK Set (公開鍵) は、エミュレーターには --jwks で、サービスには申請書で渡します。\n` +
      `CLIENT_KEY and COOKIE_SECRET are in ${path}: never store it in the repository. The emulator takes the JWK Set above (the public key) with --jwks, the service with the application form.\n`,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new Failure(
      `${path} を読めません / cannot be read: ${(error as NodeJS.ErrnoException).code ?? "error"}`,
    );
  }
}

/** Written to a file, because the history of a terminal keeps its output. Without a line break, which would be part of the secret. */
async function makeCookieSecret({ out, force }: KeygenOptions): Promise<void> {
  await writePrivate(out, randomBytes(SECRET_BYTES).toString("base64url"), force);
  process.stderr.write(
    `Cookie を暗号化するためのシークレットを ${out} に書きました。リポジトリに入れず、実行環境のシークレットに登録してください。\n` +
      `The secret that encrypts cookies is in ${out}: store it in your platform's secrets, never in the repository.\n`,
  );
}

function readOptions(args: string[]): KeygenOptions | "help" {
  const values = parse(args);
  if (values.help) return "help";
  const { kid, force, env, "cookie-secret": cookieSecret } = values;
  if (cookieSecret && (values.alg !== undefined || kid !== undefined)) {
    throw new UsageError("--cookie-secret does not create a key: do not combine it with --alg or --kid");
  }
  if (env !== undefined && (cookieSecret || force || values.out !== undefined)) {
    throw new UsageError(
      "--env creates both in one file: do not combine it with --cookie-secret, --out or --force",
    );
  }
  if (env === "" || env === "-")
    throw new UsageError("--env must be a file: the private key is never printed");
  const { alg = "RS256" } = values;
  const algorithms = [...signing, ...decryption];
  if (!algorithms.includes(alg)) throw new UsageError(`--alg must be one of ${algorithms.join(", ")}`);
  if (env !== undefined && !signing.includes(alg)) {
    throw new UsageError(`--env creates the client's key: --alg must be one of ${signing.join(", ")}`);
  }
  const out = values.out ?? defaultFile(cookieSecret, alg);
  if (kid !== undefined && !/^[\x21-\x7e]{1,255}$/.test(kid)) {
    throw new UsageError("--kid must be 1 to 255 ASCII characters without spaces");
  }
  if (out === "" || out === "-")
    throw new UsageError("--out must be a file: the private key is never printed");
  return { cookieSecret, env, alg, kid, out, force };
}

function defaultFile(cookieSecret: boolean, alg: string): string {
  if (cookieSecret) return "cookie-secret.txt";
  return signing.includes(alg) ? "client-key.json" : "decryption-key.json";
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      strict: true,
      allowPositionals: false,
      options: {
        alg: { type: "string" },
        kid: { type: "string" },
        "cookie-secret": { type: "boolean", default: false },
        env: { type: "string" },
        out: { type: "string" },
        force: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

async function makeKeyPair(alg: string, kid?: string): Promise<{ privateJwk: JWK; publicJwk: JWK }> {
  const pair = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const publicKey = await exportJWK(pair.publicKey);
  const use = signing.includes(alg) ? "sig" : "enc";
  const about = { use, alg, kid: kid ?? (await calculateJwkThumbprint(publicKey, "sha256")) };
  return {
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...about },
    publicJwk: { ...publicKey, ...about },
  };
}

async function writePrivate(path: string, text: string, force: boolean): Promise<void> {
  // Written to another file and renamed, so that a key is replaced completely or not at all.
  const target = force ? `${path}.${randomUUID()}` : path;
  try {
    if (force) await requireReplaceable(path);
    await writeFile(target, text, { flag: "wx", mode: 0o600 });
  } catch (error) {
    throw failure(error, path);
  }
  if (!force) return;
  try {
    await rename(target, path);
  } catch (error) {
    await rm(target, { force: true });
    throw failure(error, path);
  }
}

async function requireReplaceable(path: string): Promise<void> {
  const existing = await lstat(path).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    throw new Failure(`${path} は通常のファイルではありません / is not a regular file`);
  }
}

function failure(error: unknown, path: string): Failure {
  if (error instanceof Failure) return error;
  if ((error as NodeJS.ErrnoException).code === "EEXIST") {
    return new Failure(
      `${path} はすでにあります。置き換えるには --force を付けてください / already exists: use --force to replace it`,
    );
  }
  return new Failure(
    `${path} に書けません / cannot be written: ${(error as NodeJS.ErrnoException).code ?? "error"}`,
  );
}
