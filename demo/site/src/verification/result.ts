import type { HonninError } from "honnin";
import { checksSection } from "../checks.ts";
import type { DigestFacts, DocumentFacts, EvidenceFacts, SignatureFacts } from "../data.ts";
import { type VerificationGroup, verificationGroup } from "../error-groups.ts";
import { type Html, html } from "../html.ts";
import { statusIcons } from "../icons.ts";
import { japanTime } from "../japan-time.ts";
import { refusalOf, refusalParts } from "../refusal.ts";
import { chainSection } from "../signature/chain.ts";
import { documentSection } from "../signature/document.ts";
import { hiddenHolderSection } from "../signature/holder.ts";
import { moment } from "../signature/moment.ts";
import { revocationSection } from "../signature/revocation.ts";
import type { Texts } from "../texts/index.ts";

/** The statements of the package's creator. Nothing confirms them. */
export interface ClaimFacts {
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly cards: "production" | "test" | null;
  readonly profile: string | null;
  readonly transaction?: string | undefined;
}

export type TimestampFacts =
  | { readonly status: "not-enclosed" | "not-checked" }
  | { readonly status: "verified"; readonly time: number; readonly authority: string };

/** The result of verifying a package. */
export interface VerificationFacts {
  readonly signature: SignatureFacts;
  readonly evidence: EvidenceFacts;
  readonly document: DocumentFacts;
  readonly digest: DigestFacts;
  readonly claims: ClaimFacts;
  /** Seconds since 1970. */
  readonly asOf: number;
  readonly asOfSource: "evidence" | "caller" | "timestamp";
  readonly timestamp: TimestampFacts;
}

/** The result for a valid package, with its reasons, without the signer's data. */
export function verificationResult(t: Texts, facts: VerificationFacts): Html {
  const { signature, evidence, document, digest } = facts;
  const { verdict } = t.verification;
  const isGood = signature.revocation.status === "good";
  const icon = isGood ? statusIcons.passed : statusIcons.skipped;
  const title = isGood ? verdict.title(t.dateTime(japanTime(facts.asOf))) : verdict.titleNotChecked;
  const show = html`<button class="button secondary" type="button" data-holder-action="show">${t.signature.holder.show}</button>`;
  return html`<div class="result-head verdict verdict-${isGood ? "good" : "not-checked"}" data-verdict="${isGood ? "good" : "not-checked"}">
<h2 tabindex="-1">${icon}<span>${title}</span></h2>
<p class="lead">${isGood ? verdict.lead : verdict.leadNotChecked}</p>
</div>
<div class="stack">
${chainSection(t, { signature, evidence, document, showBirthday: false })}
<div class="halves">
${documentSection(t, document, digest, t.signature.schemes[signature.scheme])}
${timeSection(t, facts)}
${revocationSection(t, signature.revocation, evidence)}
<div data-holder-place>${hiddenHolderSection(t, show)}</div>
</div>
${checksSection(t, signature.report, t.signature.checksTitle)}
${claimsSection(t, facts.claims)}
</div>`;
}

function timeSection(t: Texts, { asOf, asOfSource, timestamp }: VerificationFacts): Html {
  const { verdict } = t.verification;
  return html`<section class="card as-of" aria-labelledby="as-of-title" data-as-of="${asOfSource}">
<h2 id="as-of-title">${verdict.timeTitle}</h2>
<p class="as-of-time">${moment(t, asOf)}</p>
<p>${verdict.times[asOfSource]}</p>
<p class="hint" data-timestamp="${timestamp.status}">${
    timestamp.status === "verified"
      ? html`${verdict.timestampBy(timestamp.authority)} ${moment(t, timestamp.time)}`
      : verdict.timestamps[timestamp.status]
  }</p>
</section>`;
}

function claimsSection(t: Texts, claims: ClaimFacts): Html {
  const words = t.verification.claims;
  const fact = (label: string, value: Html | string) =>
    html`<div class="fact"><dt>${label}</dt><dd>${value}</dd></div>\n`;
  return html`<details class="card claims">
<summary>${words.title}</summary>
<p class="hint">${words.hint}</p>
<dl class="facts">
${fact(words.createdAt, moment(t, claims.createdAt))}${fact(
  words.cards,
  t.signature.chain.cardTypes[claims.cards ?? "none"],
)}${fact(words.profile, claims.profile === null ? words.none : html`<code>${claims.profile}</code>`)}${
  claims.transaction !== undefined && fact(words.transaction, html`<code>${claims.transaction}</code>`)
}</dl>
</details>`;
}

/** If the verification did not reach the signature. */
const beforeVerification: readonly VerificationGroup[] = ["unreadable", "browser", "site"];

/** The result for a refused package: the reason, what to do, the code, and the steps so far. */
export function verificationRefusal(t: Texts, error: Pick<HonninError, "code" | "message" | "report">): Html {
  const { title } = refusalOf(t, "verification", error.code).group;
  const { refused, notVerified } = t.verification.verdict;
  const isVerified = !beforeVerification.includes(verificationGroup(error.code));
  return html`<div class="result-head verdict verdict-refused" data-code="${error.code}">
<p class="verdict-word">${isVerified ? refused : notVerified}</p>
<h2 tabindex="-1">${statusIcons.failed}<span>${title}</span></h2>
${refusalParts(t, "verification", error)}
</div>`;
}
