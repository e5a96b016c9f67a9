import type { CertificateDescription, DocumentFacts, EvidenceFacts, SignatureFacts } from "../data.ts";
import { type Html, html } from "../html.ts";
import { statusIcons } from "../icons.ts";
import { japanTime } from "../japan-time.ts";
import type { Texts } from "../texts/index.ts";
import { breakable } from "./document.ts";
import { moment } from "./moment.ts";
import { evidenceText, revocationStatuses } from "./revocation.ts";

export interface ChainFacts {
  readonly signature: SignatureFacts;
  readonly evidence: EvidenceFacts;
  readonly document: DocumentFacts;
  /** The signer's certificate expires on their birthday: without this flag, only the year is shown. */
  readonly showBirthday: boolean;
}

/** The diagram: CA, certificate with its revocation evidence, document; above it, the same as text. */
export function chainSection(t: Texts, facts: ChainFacts): Html {
  const { signature, document } = facts;
  const words = t.signature.chain;
  const summary = words.summary({
    authority: authorityName(t, signature),
    document: document.name,
    revocation: t.signature.revocation.statuses[signature.revocation.status],
  });
  const between = signature.path.slice(1).reverse();
  return html`<section class="card" aria-labelledby="chain-title" data-chain>
<h2 id="chain-title">${words.title}</h2>
<p class="chain-summary" id="chain-summary">${summary}</p>
<div class="chain" role="group" aria-label="${words.label}" aria-describedby="chain-summary">
<ol>
${authority(t, signature)}${between.map((certificate) => intermediate(t, certificate))}${signer(t, facts)}${documentLink(t, facts)}</ol>
</div>
${!facts.showBirthday && html`<p class="hint chain-hint">${words.untilHint}</p>`}
</section>`;
}

/** The published name of the CA; for an unpublished CA, the name in its certificate. */
function authorityName(t: Texts, { profile, anchor }: SignatureFacts): string {
  return profile?.authority ?? attribute(anchor.subject, "OU") ?? t.signature.chain.unknownAuthority;
}

function authority(t: Texts, signature: SignatureFacts): Html {
  const words = t.signature.chain;
  const { anchor, profile } = signature;
  return link(
    "anchor",
    words.authority,
    authorityName(t, signature),
    null,
    html`${row(words.issuer, attribute(anchor.subject, "O") ?? anchor.subject)}${row(
      words.generation,
      profile?.generation == null ? words.unknownAuthority : words.generationOf(profile.generation),
    )}${certificateRows(t, anchor, true)}`,
  );
}

function intermediate(t: Texts, certificate: CertificateDescription): Html {
  const words = t.signature.chain;
  return link(
    "intermediate",
    words.intermediate,
    attribute(certificate.subject, "OU") ?? attribute(certificate.subject, "CN") ?? certificate.subject,
    words.issues,
    certificateRows(t, certificate, true),
  );
}

function signer(t: Texts, { signature, evidence, showBirthday }: ChainFacts): Html {
  const words = t.signature.chain;
  const [certificate] = signature.path;
  const { profile } = signature;
  return link(
    "signer",
    words.certificate,
    null,
    words.issues,
    html`${row(words.cards, words.cardTypes[profile?.cards ?? "none"])}${
      certificate !== undefined && certificateRows(t, certificate, showBirthday)
    }`,
    evidenceNote(t, signature, evidence),
  );
}

function documentLink(t: Texts, { document, signature }: ChainFacts): Html {
  const words = t.signature.chain;
  return link(
    "signed",
    words.document,
    document.name,
    words.signs,
    html`${document.size !== undefined && row(t.signature.document.size, t.signature.bytes(document.size))}${row(
      t.signature.method,
      t.signature.schemes[signature.scheme],
    )}`,
  );
}

/** The note at the certificate: its revocation status and the time of the evidence. */
function evidenceNote(t: Texts, { revocation }: SignatureFacts, evidence: EvidenceFacts): Html {
  const words = t.signature.revocation;
  const status = revocationStatuses[revocation.status];
  return html`<div class="evidence ${status}" data-revocation="${revocation.status}">
<p class="status ${status}">${statusIcons[status]}<span>${words.statuses[revocation.status]}</span></p>
<p class="evidence-kind">${evidenceText(t, evidence)}</p>
${evidence.time !== null && html`<p class="evidence-time">${moment(t, evidence.time)}</p>`}
</div>`;
}

function certificateRows(t: Texts, certificate: CertificateDescription, showEnd: boolean): Html {
  const words = t.signature.chain;
  const from = day(t, certificate.notBefore);
  const until = showEnd ? day(t, certificate.notAfter) : words.someDay(japanTime(certificate.notAfter).year);
  return html`${row(words.validity, words.period(from, until))}${row(
    words.serial,
    html`<code>${breakable(certificate.serialNumber)}</code>`,
  )}${row(words.fingerprint, html`<code class="fingerprint">${breakable(certificate.sha256)}</code>`)}`;
}

function link(
  kind: string,
  role: string,
  name: string | null,
  relation: string | null,
  rows: Html,
  beside?: Html,
): Html {
  return html`<li class="link ${kind}" data-link="${kind}">
${relation !== null && html`<span class="relation">${relation}</span>`}
<div class="box">
<h3>${role}</h3>
${name !== null && html`<p class="link-name" translate="no">${name}</p>`}
<dl>
${rows}</dl>
</div>
${beside}
</li>
`;
}

function row(label: string, value: Html | string): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd></div>\n`;
}

/** The last value of an attribute in a name in the form of RFC 4514: in JPKI names, the most specific one. */
export function attribute(name: string, kind: string): string | undefined {
  const values = name.match(/(?:\\.|[^,+\\])+/gs) ?? [];
  const found = values.filter((value) => value.startsWith(`${kind}=`)).at(-1);
  return found?.slice(kind.length + 1).replace(/\\(.)/gs, "$1");
}

function day(t: Texts, seconds: number): string {
  const { year, month, day } = japanTime(seconds);
  return t.completeDate(year, month, day, undefined);
}
