// Every case of the synthetic JPKI, which shares no code with the verifier, through the npm package.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Body,
  type Case,
  defects,
  makeBench,
  nextCardProfile,
  organization,
} from "@honnin/synthetic-jpki";
import {
  type HonninError,
  type JpkiProfile,
  type Report,
  type Revocation,
  readHolder,
  type SignatureScheme,
  SignedDataError,
  verifyCertificate,
  verifySignature,
  verifySignedData,
} from "honnin";

/** Cases that end in another code than the one written down, and why that is as good. */
const differences: Readonly<Record<string, { readonly code: string; readonly reason: string }>> = {
  "cms-self-made-leaf": {
    code: "issuer-not-found",
    reason: "self-issued and self-signed: that no anchor signed it is what there is to say",
  },
};

interface Result {
  readonly outcome: string;
  readonly revocation?: Revocation | undefined;
  readonly signers?: readonly string[];
  readonly report?: Report | undefined;
  readonly message?: string;
  readonly holder?: unknown;
}

function settings({ options }: Body, now: number) {
  const { profile, cards, anchors = [], intermediates, policies, crls, ocspResponses } = options;
  const written: JpkiProfile | undefined =
    typeof profile === "object"
      ? {
          ...(profile as Omit<JpkiProfile, "name" | "organization">),
          name: "written",
          organization,
          cards,
        }
      : undefined;
  return {
    anchors,
    intermediates,
    policies,
    ...(written
      ? { profile: written }
      : { profile: profile as "jpki-sign" | "jpki-auth", cards, organization }),
    revocation: {
      crls,
      ocspResponses,
      ocspNonce: options.ocspNonce,
      require: options.requireRevocation ? ("certificate" as const) : ("nothing" as const),
    },
    now,
  };
}

async function run(body: Body, now: number): Promise<Result> {
  const { certificate, publicKey, data, digest, signature, cms, content } = body.input;
  const raw = body.options.scheme?.endsWith("-raw");
  const scheme = body.options.scheme?.replace(/-raw$/, "") as SignatureScheme;
  const ecdsaForm = raw ? ("raw" as const) : undefined;
  switch (body.call) {
    case "verify-certificate": {
      const { revocation, report } = await verifyCertificate(certificate as Uint8Array, settings(body, now));
      return { outcome: "valid", revocation, report };
    }
    case "verify-signature": {
      const signed = data === undefined ? { digest: digest as Uint8Array } : { data };
      const common = { ...signed, signature: signature as Uint8Array, scheme, ecdsaForm };
      const whole = body.options.profile !== undefined;
      const { report, revocation } = await verifySignature(
        publicKey !== undefined
          ? { ...common, publicKey, now }
          : whole
            ? { ...common, certificate: certificate as Uint8Array, ...settings(body, now) }
            : { ...common, certificate: certificate as Uint8Array, path: "not-checked", now },
      );
      return { outcome: "valid", revocation, report };
    }
    case "verify-signed-data": {
      const { signers, report } = await verifySignedData(cms as Uint8Array, {
        ...settings(body, now),
        content,
      });
      const revocation = signers[0]?.revocation;
      return { outcome: "valid", revocation, signers: signers.map(() => "valid"), report };
    }
    case "read-holder":
      return { outcome: "valid", holder: await readHolder(certificate as Uint8Array) };
    default:
      throw new Error(`no function for ${body.call}`);
  }
}

async function outcome(body: Body, now: number): Promise<Result> {
  try {
    return await run(body, now);
  } catch (error) {
    const { name, code, message, report } = error as HonninError;
    if (name !== "HonninError") throw error;
    const signers =
      error instanceof SignedDataError
        ? error.signers.map((signer) => ("code" in signer ? signer.code : "valid"))
        : undefined;
    return { outcome: code, message, report, ...(signers ? { signers } : {}) };
  }
}

const bench = await makeBench({ now: new Date("2026-11-20T03:00:00Z"), seed: "npm package" });
const secrets = Object.values(bench.person).filter((value) => typeof value === "string" && value.length > 3);
const counts = new Map<string, number>();

for (const each of defects.values()) {
  const body = await each.make(bench);
  // PDF files are read natively only.
  if (body.call === "verify-pdf") continue;
  counts.set(body.call, (counts.get(body.call) ?? 0) + 1);
  test(`${each.id}: ${each.title}`, () => judge(each, body));
}

async function judge({ id }: Case, body: Body): Promise<void> {
  const now = Math.floor((body.now ?? bench.now).getTime() / 1000);
  const found = await outcome(body, now);
  assert.equal(found.outcome, differences[id]?.code ?? body.expected, found.message);
  const { revocation, reason, revokedAt, signers, holder } = body.result ?? {};
  if (found.outcome === "valid" && body.call !== "read-holder") {
    if (revocation !== undefined) assert.equal(found.revocation?.status, revocation);
    if (reason !== undefined) assert.equal(found.revocation?.reason, reason);
    if (revokedAt !== undefined) assert.equal(found.revocation?.time, revokedAt);
  }
  if (signers !== undefined && differences[id] === undefined) assert.deepEqual(found.signers, signers);
  const said = JSON.stringify([found.message, found.report]);
  for (const secret of secrets)
    assert.ok(!said.includes(secret as string), "personal data in a message or report");
  if (holder !== undefined) {
    const { name, address, birthDate, gender, others, warnings } = found.holder as Awaited<
      ReturnType<typeof readHolder>
    >;
    assert.deepEqual(
      {
        name: name.raw,
        nameSubstitution: name.mask ?? "",
        address: address?.raw ?? "",
        addressSubstitution: address?.mask ?? "",
        birthDate: birthDate?.raw ?? "",
        gender: gender?.raw ?? "",
        unknown: others.map(({ oid, text }) => [oid, text]),
        warnings,
      },
      {
        name: holder.name,
        nameSubstitution: holder.nameSubstitution,
        address: holder.address,
        addressSubstitution: holder.addressSubstitution,
        birthDate: holder.birthDate,
        gender: holder.gender,
        unknown: holder.unknown,
        warnings: holder.warnings,
      },
    );
    if (holder.birth !== undefined) {
      const { era, year, month, day } = birthDate ?? {};
      assert.deepEqual(
        { era: era ?? "unknown", year: year ?? 0, month: month ?? 0, day: day ?? 0 },
        holder.birth,
      );
    }
  }
}

test("the next card's profile is that of its certificates, and of no RSA card's", async () => {
  const { generations, nextCard } = bench.jpki.sign;
  const options = {
    anchors: [...generations, nextCard].map(({ certificate }) => certificate),
    profile: nextCardProfile,
    now: bench.now.getTime() / 1000,
  };
  const { profile } = await verifyCertificate(bench.signNext.certificate, options);
  assert.deepEqual([profile?.name, profile?.hierarchy], ["next-card", "sign"]);
  await assert.rejects(verifyCertificate(bench.sign.certificate, options), { code: "policy-unsupported" });
});

test("cases of every kind were run", () => {
  for (const call of ["verify-certificate", "verify-signature", "verify-signed-data", "read-holder"]) {
    assert.ok((counts.get(call) ?? 0) > 5, call);
  }
  assert.ok(Object.keys(differences).every((id) => defects.has(id)));
});
