import { createHash, randomBytes, randomUUID } from "node:crypto";
import { compactDecrypt, decodeJwt, decodeProtectedHeader, importJWK } from "jose";
import { type Answer, ProbeClient } from "./client.js";
import type { ProbeOptions } from "./options.js";
import { errorCodeOf, membersOf, type Shape, safeName, shapeOf, wordOf } from "./shape.js";
import {
  algorithms,
  contentTypes,
  headerTypes,
  keyWords,
  scopes as knownScopes,
  serverMetadata,
  tokenTypes,
} from "./vocabulary.js";

/** What one step found. Values are words of the protocols, numbers of seconds, statuses, or shapes. */
export type Finding = Readonly<Record<string, unknown>>;

export interface ProbeResult {
  readonly complete: boolean;
  /** By step, in the order of the steps. */
  readonly findings: Readonly<Record<string, Finding>>;
}

const basicItems = ["name", "address", "birthdate", "gender"];

interface Login {
  readonly access?: string;
  readonly refresh?: string;
  readonly sub?: string;
  /** Uses the code a second time. At the end: a service may then revoke the tokens of the first time. */
  useCodeAgain(): Promise<void>;
}

/**
 * Asks the service everything that no public document says, with one login (two with signatures), and describes the answers
 * without the values of claims, tokens and keys.
 */
export async function probe(options: ProbeOptions): Promise<ProbeResult> {
  const client = new ProbeClient(options);
  const { endpoints } = client;
  const findings: Record<string, Finding> = {};
  const step = async (name: string, action: () => Promise<Finding>): Promise<void> => {
    options.onStep?.(name);
    findings[name] = await action();
  };

  await step("discovery", async () => discoveryOf(await client.request(endpoints.discovery)));
  await step("jwks", async () => jwksOf(await client.request(endpoints.jwks)));
  // Nobody is asked to log in at a service that does not answer.
  if (!answered(findings)) return { complete: false, findings };
  await step("client credentials", async () => {
    const answer = await client.token({ grant_type: "client_credentials" });
    return {
      ...tokenResponseOf(answer),
      accessToken: accessTokenOf(textMember(answer.json, "access_token")),
    };
  });
  await step("errors", async () => errorsOf(client));

  const login = await logIn(options, client, options.scopes ?? ["openid", ...basicItems], {}, step, "login");
  const { access = "", refresh } = login;
  if (access !== "") {
    await step("userinfo", async () =>
      userinfoOf(await client.bearer(endpoints.userinfo, access), login.sub),
    );
    if (refresh !== undefined) {
      await step("refresh", async () =>
        tokenResponseOf(await client.token({ grant_type: "refresh_token", refresh_token: refresh })),
      );
    }
  }
  await login.useCodeAgain();
  const signed = options.sign === undefined || (await probeSigning(options, client, options.sign, step));
  return { complete: access !== "" && signed, findings };
}

/** Whether there was anybody to ask. */
export function answered({ discovery, jwks }: ProbeResult["findings"]): boolean {
  return discovery?.status !== 0 || jwks?.status !== 0;
}

type Step = (name: string, action: () => Promise<Finding>) => Promise<void>;

/** One login in the person's browser. */
async function logIn(
  { clientId, redirectUri, issuer, visit }: ProbeOptions,
  client: ProbeClient,
  scopes: readonly string[],
  more: Readonly<Record<string, string>>,
  step: Step,
  name: string,
): Promise<Login> {
  const [state, nonce, verifier] = [random(), random(), random()];
  const url = new URL(client.endpoints.authorization);
  url.search = new URLSearchParams({
    response_type: "code",
    scope: scopes.join(" "),
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...more,
  }).toString();
  let code: string | null = null;
  await step(`${name}: authorization response`, async () => {
    const arrived = await visit(url);
    if (arrived === undefined) return { arrived: false };
    const { searchParams } = arrived;
    const isOurs = searchParams.get("state") === state;
    code = isOurs ? searchParams.get("code") : null;
    return {
      parameters: Object.fromEntries(
        [...searchParams].map(([key, value]) => [safeName(key), shapeOf(value)]),
      ),
      stateReturned: isOurs,
      ...(searchParams.has("iss") ? { issIsIssuer: searchParams.get("iss") === issuer } : {}),
      ...maybe("error", errorCodeOf(Object.fromEntries(searchParams))),
    };
  });
  if (code === null) return { useCodeAgain: async () => {} };
  const parameters = {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  };
  let answer: Answer | undefined;
  await step(`${name}: token response`, async () => {
    answer = await client.token(parameters);
    const accessToken = accessTokenOf(textMember(answer.json, "access_token"));
    return { ...tokenResponseOf(answer, scopes), accessToken };
  });
  const idToken = textMember(answer?.json, "id_token");
  const access = textMember(answer?.json, "access_token");
  const refresh = textMember(answer?.json, "refresh_token");
  await step(`${name}: ID token`, async () => idTokenOf(idToken, { issuer, clientId, nonce, access }));
  const sub = idToken === undefined ? undefined : safely(() => decodeJwt(idToken).sub);
  return {
    ...maybe("access", access),
    ...maybe("refresh", refresh),
    ...maybe("sub", sub),
    async useCodeAgain() {
      await step(`${name}: code used twice`, async () => ({
        ...errorOf(await client.token(parameters)),
        userinfoThen: errorOf(await client.bearer(client.endpoints.userinfo, access ?? "")),
      }));
    },
  };
}

async function probeSigning(
  options: ProbeOptions,
  client: ProbeClient,
  { decryptionKey }: NonNullable<ProbeOptions["sign"]>,
  step: Step,
): Promise<boolean> {
  const { signTransactions } = client.endpoints;
  const credentials = await client.token({ grant_type: "client_credentials" });
  const token = textMember(credentials.json, "access_token") ?? "";
  const start = (body: unknown) =>
    client.bearer(signTransactions, token, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  let id: string | undefined;
  await step("signature: start", async () => {
    const answer = await start({ data: randomBytes(32).toString("base64") });
    id = uuidIn(answer.json);
    return { ...answerOf(answer), ...lifetimes(answer.json) };
  });
  await step("signature: start refused", async () => ({
    empty: errorOf(await start({})),
    noToken: errorOf(await client.request(signTransactions, { method: "POST" })),
  }));
  const transaction = id;
  if (transaction === undefined) return false;
  const result = `${signTransactions}/${transaction}/result`;
  const { access } = await logIn(
    options,
    client,
    ["openid", "sign"],
    { sign_transaction_id: transaction },
    step,
    "signature",
  );
  if (access === undefined) return false;
  await step("signature: result refused", async () => ({
    unknown: errorOf(await client.bearer(`${signTransactions}/${randomUUID()}/result`, access)),
    clientToken: errorOf(await client.bearer(result, token)),
  }));
  await step("signature: result", async () => {
    const answer = await client.bearer(result, access);
    const jwe = jweIn(answer.json);
    return { ...answerOf(answer), ...(jwe === undefined ? {} : await jweOf(jwe, decryptionKey)) };
  });
  return true;
}

function discoveryOf(answer: Answer): Finding {
  const metadata = Object.entries(isObject(answer.json) ? answer.json : {})
    .slice(0, 200)
    .map(([name, value]) => [
      safeName(name),
      serverMetadata.test(name) ? serverValue(value) : shapeOf(value),
    ]);
  return { status: answer.status, metadata: Object.fromEntries(metadata) };
}

/** The value of a member of the discovery document: about the server, and public. */
function serverValue(value: unknown): unknown {
  const short = (one: unknown) => (typeof one === "string" && one.length <= 200) || typeof one === "boolean";
  if (short(value)) return value;
  return Array.isArray(value)
    ? value.slice(0, 100).map((one) => (short(one) ? one : shapeOf(one)))
    : shapeOf(value);
}

function jwksOf({ status, json }: Answer): Finding {
  const keys = isObject(json) && Array.isArray(json.keys) ? json.keys.slice(0, 20) : [];
  return {
    status,
    keys: keys.map((key: unknown) =>
      Object.fromEntries(
        Object.entries(isObject(key) ? key : {}).map(([name, value]) => [
          safeName(name),
          wordOf(value, keyWords),
        ]),
      ),
    ),
  };
}

function tokenResponseOf(answer: Answer, asked?: readonly string[]): Finding {
  const scope = textMember(answer.json, "scope");
  const granted = scope?.split(" ").slice(0, 50);
  return {
    ...answerOf(answer),
    tokenType: wordOf(member(answer.json, "token_type"), tokenTypes),
    ...lifetimes(answer.json),
    ...(granted === undefined ? {} : { granted: granted.map((one) => wordOf(one, knownScopes)) }),
    ...(granted === undefined || asked === undefined
      ? {}
      : { grantedAsAsked: granted.length === asked.length && asked.every((one) => granted.includes(one)) }),
  };
}

/** Members that say how long something is valid, in seconds. */
function lifetimes(json: unknown): Finding {
  const found = Object.entries(isObject(json) ? json : {}).filter(
    ([name, value]) => /^([a-z_]+_)?expires_in$/.test(name) && Number.isInteger(value),
  );
  return Object.fromEntries(found);
}

function accessTokenOf(token: string | undefined): Finding | Shape {
  if (token === undefined) return "missing";
  const header = safely(() => decodeProtectedHeader(token));
  const claims = safely(() => decodeJwt(token));
  if (header === undefined || claims === undefined) return shapeOf(token);
  return { header: headerOf(header), claims: membersOf(claims), ...validity(claims) };
}

function headerOf(header: unknown): Finding {
  return Object.fromEntries(
    Object.entries(isObject(header) ? header : {})
      .slice(0, 30)
      .map(([name, value]) => [safeName(name), wordOf(value, [...algorithms, ...headerTypes])]),
  );
}

/** How long a token is valid, and how far its clock is from this machine's. */
function validity({ iat, exp, nbf, auth_time: authTime }: Record<string, unknown>): Finding {
  const seconds = (one: unknown): one is number => typeof one === "number" && Number.isFinite(one);
  return {
    ...(seconds(iat) && seconds(exp) ? { validSeconds: exp - iat } : {}),
    ...(seconds(iat) ? { issuedWithinMinuteOfNow: Math.abs(iat - Date.now() / 1000) < 60 } : {}),
    ...(seconds(iat) && seconds(nbf) ? { notBeforeIssue: nbf - iat } : {}),
    ...(seconds(iat) && seconds(authTime) ? { authenticatedBeforeIssue: authTime <= iat } : {}),
  };
}

function idTokenOf(
  token: string | undefined,
  {
    issuer,
    clientId,
    nonce,
    access,
  }: { issuer: string; clientId: string; nonce: string; access: string | undefined },
): Finding {
  if (token === undefined) return { present: false };
  const header = safely(() => decodeProtectedHeader(token));
  const claims = safely(() => decodeJwt(token));
  if (header === undefined || claims === undefined) return { present: true, token: shapeOf(token) };
  const hash = createHash("sha256")
    .update(access ?? "")
    .digest();
  return {
    header: headerOf(header),
    claims: membersOf(claims),
    ...validity(claims),
    issIsIssuer: claims.iss === issuer,
    audIsClient: claims.aud === clientId || (Array.isArray(claims.aud) && claims.aud.includes(clientId)),
    nonceReturned: claims.nonce === nonce,
    ...("azp" in claims ? { azpIsClient: claims.azp === clientId } : {}),
    ...("at_hash" in claims
      ? { atHashIsHalfOfSha256: claims.at_hash === hash.subarray(0, 16).toString("base64url") }
      : {}),
  };
}

function userinfoOf(answer: Answer, sub: string | undefined): Finding {
  return { ...answerOf(answer), subIsThatOfIdToken: member(answer.json, "sub") === sub };
}

async function errorsOf(client: ProbeClient): Promise<Finding> {
  const { token, userinfo } = client.endpoints;
  return {
    unknownCode: errorOf(
      await client.token({
        grant_type: "authorization_code",
        code: random(),
        code_verifier: random(),
        redirect_uri: "https://unregistered.invalid/",
      }),
    ),
    unknownGrant: errorOf(await client.token({ grant_type: "urn:example:unknown" })),
    noAssertion: errorOf(
      await client.request(token, {
        method: "POST",
        body: new URLSearchParams({ grant_type: "client_credentials" }),
      }),
    ),
    wrongAssertion: errorOf(
      await client.token({ grant_type: "client_credentials", client_assertion: "e30.e30.e30" }),
    ),
    userinfoWithoutToken: errorOf(await client.request(userinfo)),
    userinfoWrongToken: errorOf(await client.bearer(userinfo, random())),
  };
}

function answerOf({ status, json, contentType }: Answer): Finding {
  return {
    status,
    contentType: wordOf(contentType, contentTypes),
    members: membersOf(json),
    ...maybe("error", errorCodeOf(json)),
  };
}

/** An error response: status, code, and which members it has. */
function errorOf(answer: Answer): Finding {
  const challenge = /\berror="([a-z_]{3,48})"/.exec(answer.headers.get("www-authenticate") ?? "")?.[1];
  return { ...answerOf(answer), ...maybe("challenge", challenge) };
}

async function jweOf(jwe: string, key: NonNullable<ProbeOptions["sign"]>["decryptionKey"]): Promise<Finding> {
  const header = safely(() => decodeProtectedHeader(jwe));
  if (key === undefined) return { jwe: headerOf(header) };
  try {
    const alg = key.alg ?? String((header as { alg?: unknown } | undefined)?.alg);
    const { plaintext } = await compactDecrypt(
      jwe,
      await importJWK(key as Parameters<typeof importJWK>[0], alg),
    );
    const content = safely((): unknown => JSON.parse(new TextDecoder().decode(plaintext)));
    return {
      jwe: headerOf(header),
      decrypted: true,
      content: content === undefined ? "not JSON" : shapeOf(content),
    };
  } catch {
    return { jwe: headerOf(header), decrypted: false };
  }
}

const random = () => randomBytes(32).toString("base64url");

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function member(json: unknown, name: string): unknown {
  return isObject(json) ? json[name] : undefined;
}

function textMember(json: unknown, name: string): string | undefined {
  const value = member(json, name);
  return typeof value === "string" ? value : undefined;
}

function firstText(json: unknown, fits: RegExp): string | undefined {
  return Object.values(isObject(json) ? json : {}).find(
    (value): value is string => typeof value === "string" && fits.test(value),
  );
}

const uuidIn = (json: unknown) => firstText(json, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
const jweIn = (json: unknown) => firstText(json, /^[\w-]+\.[\w-]*\.[\w-]+\.[\w-]+\.[\w-]+$/);

function maybe<Name extends string, Value>(name: Name, value: Value | undefined): { [key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [key in Name]?: Value });
}

function safely<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
