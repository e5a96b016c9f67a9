import { checkPeople } from "../check-people.js";
import { ClientRegistry } from "../clients.js";
import { EmulatorError } from "../errors.js";
import type { EmulatorOptions } from "../index.js";
import { nearest } from "../nearest.js";
import { ownAddresses } from "../origin.js";
import { textOf } from "../pages/problems.js";
import {
  type Client,
  clientAlgorithms,
  type Fault,
  type FaultyEndpoint,
  faults,
  faultyEndpoints,
  modes,
  resultEncryptions,
} from "../types.js";
import { readJsonFile, readNamed } from "./read-file.js";
import type { Flags, Given } from "./read-flags.js";
import { UsageError } from "./usage-error.js";

export type Settings = EmulatorOptions & { readonly clients: readonly Client[] };

/** What the options say. @throws UsageError */
export function settingsOf(flags: Flags): Settings {
  choice(flags.one("lang"), ["ja", "en"]);
  const host = flags.one("host")?.text;
  const publicOrigin = flags.one("public-origin")?.text;
  const port = whole(flags.one("port"), 0, 65_535);
  const signTransactionSeconds = whole(flags.one("sign-transaction-seconds"), 1, 86_400);
  const mode = choice(flags.one("mode"), modes);
  return {
    ...(host === undefined ? {} : { host }),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    ...(port === undefined ? {} : { port }),
    ...(mode === undefined ? {} : { mode }),
    ...(signTransactionSeconds === undefined ? {} : { signTransactionSeconds }),
    ...httpsOf(flags),
    ...peopleOf(flags),
    ...autoOf(flags),
    faults: faultsOf(flags),
    quiet: flags.has("quiet"),
    clients: clientOf(flags),
  };
}

/** One of the known values. */
function choice<Value extends string>(given: Given | undefined, values: readonly Value[]): Value | undefined {
  if (given === undefined) return undefined;
  const { source, text } = given;
  const known = values.find((value) => value === text);
  if (known !== undefined) return known;
  const meant = nearest(text, values);
  throw new UsageError(
    `${source} は ${values.join("、")} のどれかです。${meant === undefined ? "" : `${meant} ではありませんか。`}`,
    `${source} must be ${values.join(", ")}.${meant === undefined ? "" : ` Did you mean ${meant}?`}`,
  );
}

function whole(given: Given | undefined, least: number, most: number): number | undefined {
  if (given === undefined) return undefined;
  const { source, text } = given;
  const value = Number(text);
  if (/^\d{1,9}$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(
    `${source} は ${least} から ${most} までの整数にしてください（「${text}」は使えません）。`,
    `${source} must be a whole number from ${least} to ${most}, not “${text}”.`,
  );
}

function faultsOf(flags: Flags): NonNullable<Settings["faults"]> {
  const byEndpoint = new Map<FaultyEndpoint, Fault>();
  for (const given of flags.all("fault")) {
    const [endpoint, fault] = faultOf(given);
    if (byEndpoint.has(endpoint)) {
      throw new UsageError(
        `${given.source} の ${endpoint} が 2 回あります。エンドポイントごとに 1 つだけ指定してください。`,
        `${given.source} names ${endpoint} twice: give one fault for each endpoint.`,
      );
    }
    byEndpoint.set(endpoint, fault);
  }
  return Object.fromEntries(byEndpoint);
}

function faultOf({ source, text }: Given): [FaultyEndpoint, Fault] {
  const [endpoint = "", fault, more] = text.split("=");
  if (fault === undefined || more !== undefined) {
    throw new UsageError(
      `${source} は「エンドポイント=障害」の形で指定してください。例: --fault token=fail`,
      `${source} has the form ENDPOINT=FAULT. For example: --fault token=fail`,
    );
  }
  const knownEndpoint = choice({ source, text: endpoint }, faultyEndpoints);
  const knownFault = choice({ source, text: fault }, faults);
  return [knownEndpoint as FaultyEndpoint, knownFault as Fault];
}

function httpsOf(flags: Flags): Pick<Settings, "https"> {
  const [certificate, key] = [flags.one("certificate"), flags.one("key")];
  const out = flags.one("certificate-out");
  if (certificate === undefined && key === undefined) {
    if (out !== undefined && !flags.has("https")) throw needs(out.source, "--https");
    return flags.has("https") ? { https: true } : {};
  }
  if (certificate === undefined || key === undefined) {
    throw needs((certificate ?? key)?.source ?? "", certificate === undefined ? "--certificate" : "--key");
  }
  if (out !== undefined) {
    throw new UsageError(
      `${out.source} は、--https がその場で作る証明書のためのものです。--certificate とは併用できません。`,
      `${out.source} is for the certificate that --https makes: it cannot be combined with --certificate.`,
    );
  }
  return { https: { certificate: readNamed(certificate).content, key: readNamed(key).content } };
}

function needs(source: string, other: string): UsageError {
  return new UsageError(`${source} には ${other} も必要です。`, `${source} needs ${other} too.`);
}

function peopleOf(flags: Flags): Pick<Settings, "people"> {
  const given = flags.one("people");
  if (given === undefined) return {};
  const { path, value } = readJsonFile(given);
  try {
    return { people: checkPeople(value) };
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
    throw new UsageError(`${path}: ${textOf(error, "ja")}`, `${path}: ${textOf(error, "en")}`);
  }
}

function autoOf(flags: Flags): Pick<Settings, "auto"> {
  const [person, response] = [flags.one("auto"), flags.one("auto-response")];
  if (response !== undefined && person === undefined) throw needs(response.source, "--auto");
  if (person === undefined) return {};
  return { auto: { person: person.text, ...(response === undefined ? {} : { response: response.text }) } };
}

/** The options that describe a client, apart from its ID. */
const described = ["jwks", "redirect-uri", "name", "alg", "result-encryption"];

function clientOf(flags: Flags): readonly Client[] {
  const id = flags.one("client-id");
  if (id === undefined) {
    const orphan = described.map((name) => flags.one(name)).find((given) => given !== undefined);
    if (orphan === undefined) return [];
    throw new UsageError(
      `${orphan.source} はクライアントの設定ですが、--client-id がありません。--client-id も指定してください。`,
      `${orphan.source} describes a client, but --client-id is missing: give --client-id too.`,
    );
  }
  const jwks = flags.one("jwks");
  const redirectUris = flags.all("redirect-uri").map(({ text }) => text);
  if (jwks === undefined || redirectUris.length === 0) {
    const missing = jwks === undefined ? "--jwks" : "--redirect-uri";
    throw new UsageError(
      `${id.source} には ${missing} も必要です。例: --client-id myshop --jwks jwks.json --redirect-uri http://localhost:3000/auth/callback`,
      `${id.source} needs ${missing} too. For example: --client-id myshop --jwks jwks.json --redirect-uri http://localhost:3000/auth/callback`,
    );
  }
  const alg = choice(flags.one("alg"), clientAlgorithms);
  const resultEncryption = choice(flags.one("result-encryption"), resultEncryptions);
  return [
    {
      clientId: id.text,
      name: flags.one("name")?.text ?? id.text,
      redirectUris,
      jwks: publicKeysOf(jwks),
      ...(alg === undefined ? {} : { tokenEndpointAuthSigningAlg: alg }),
      ...(resultEncryption === undefined ? {} : { resultEncryption }),
    },
  ];
}

/** A JWK Set. A private key in its place is the usual mistake, because `keygen` makes both files. */
function publicKeysOf(given: Given): Client["jwks"] {
  const { path, content } = readNamed(given);
  const privateKey = () =>
    new UsageError(
      `${given.source} のファイル ${path} は秘密鍵です。npx honnin keygen が標準出力に表示した、公開鍵の JWK Set（jwks.json）を指定してください。`,
      `The file of ${given.source} is a private key: ${path}. Give the JWK Set with the public key, which npx honnin keygen printed (jwks.json).`,
    );
  const [, pem] = /^[ \t\r\n]*-----BEGIN ([A-Z0-9 ]+)-----/.exec(content) ?? [];
  if (pem !== undefined) {
    throw pem.endsWith("PRIVATE KEY")
      ? privateKey()
      : new UsageError(
          `${given.source} のファイル ${path} は PEM です。npx honnin keygen が標準出力に表示した、公開鍵の JWK Set（jwks.json）を指定してください。`,
          `The file of ${given.source} is PEM: ${path}. Give the JWK Set with the public key, which npx honnin keygen printed (jwks.json).`,
        );
  }
  const { value } = readJsonFile(given);
  if (typeof value === "object" && value !== null && "kty" in value) {
    throw "d" in value
      ? privateKey()
      : new UsageError(
          `${given.source} のファイル ${path} は鍵 1 つだけです。{"keys":[…]} の形の JWK Set にしてください。`,
          `The file of ${given.source} is a single key: ${path}. A JWK Set has the form {"keys":[…]}.`,
        );
  }
  return value as Client["jwks"];
}

/** A JWK Set with keys that the service takes, for other commands. @throws UsageError */
export function readPublicKeys(given: Given): Client["jwks"] {
  const jwks = publicKeysOf(given);
  try {
    new ClientRegistry([{ clientId: "any", name: "any", redirectUris: ["http://localhost/"], jwks }]);
  } catch (error) {
    throw withOption(error);
  }
  return jwks;
}

const sources: Partial<Record<EmulatorError["code"], string>> = {
  "client-id-invalid": "--client-id",
  "client-name-invalid": "--name",
  "redirect-uri-invalid": "--redirect-uri",
  "jwks-invalid": "--jwks",
  "jwks-private": "--jwks",
  "jwks-duplicate": "--jwks",
  "jwks-signing-key-missing": "--jwks",
  "key-unsupported": "--jwks",
  "host-invalid": "--host",
  "origin-invalid": "--public-origin",
  "fault-unknown": "--fault",
  "answer-invalid": "--auto",
  "certificate-invalid": "--certificate",
};

/** An error of the emulator, with the option that it is about. */
export function withOption(error: unknown): unknown {
  const option = error instanceof EmulatorError ? sources[error.code] : undefined;
  if (!(error instanceof EmulatorError) || option === undefined) return error;
  const addresses = ownAddresses();
  const [ja, en] =
    error.code === "host-invalid"
      ? [
          ` このコンピューターのアドレス: ${addresses.join("、")}`,
          ` This machine has ${addresses.join(", ")}.`,
        ]
      : ["", ""];
  return new UsageError(`${option}: ${textOf(error, "ja")}${ja}`, `${option}: ${textOf(error, "en")}${en}`);
}
