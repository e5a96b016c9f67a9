import type { StepStatus } from "honnin";
import type { EvidenceFacts, Revocation } from "../data.ts";
import { type Html, html } from "../html.ts";
import { statusIcons } from "../icons.ts";
import type { Texts } from "../texts/index.ts";
import { moment } from "./moment.ts";

/** The icon of each status. An unknown status has the icon of an unchecked one, never that of a passed check. */
export const revocationStatuses: Readonly<Record<Revocation["status"], StepStatus>> = {
  good: "passed",
  unknown: "skipped",
  "not-checked": "skipped",
  revoked: "failed",
};

/** The revocation status of the certificate as text. */
export function revocationSection(t: Texts, revocation: Revocation, evidence: EvidenceFacts): Html {
  const words = t.signature.revocation;
  const status = revocationStatuses[revocation.status];
  return html`<section class="card revocation" aria-labelledby="revocation-title" data-answer="${revocation.status}">
<h2 id="revocation-title">${words.title}</h2>
<p class="status answer ${status}">${statusIcons[status]}<span>${words.statuses[revocation.status]}</span></p>
<p>${words.meanings[revocation.status]}</p>
<dl class="facts">
<div class="fact"><dt>${words.evidence}</dt><dd>${evidenceText(t, evidence)}</dd></div>
${evidence.time !== null && html`<div class="fact"><dt>${words.asOf}</dt><dd>${moment(t, evidence.time)}</dd></div>\n`}${
  revocation.status === "revoked" &&
  html`<div class="fact"><dt>${words.revokedAt}</dt><dd>${moment(t, revocation.time)}</dd></div>\n`
}</dl>
</section>`;
}

/** The revocation evidence as text. */
export function evidenceText(t: Texts, { crls, ocspResponses }: EvidenceFacts): string {
  const words = t.signature.revocation;
  return crls + ocspResponses === 0 ? words.noEvidence : words.evidenceOf(crls, ocspResponses);
}
