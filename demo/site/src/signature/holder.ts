import type { Holder } from "../data.ts";
import { type Content, type Html, html } from "../html.ts";
import { birthDateText } from "../person.ts";
import type { Texts } from "../texts/index.ts";

/** The section for the signer with the button to show the data. It does not contain the data. */
export function hiddenHolderSection(t: Texts, show: Content): Html {
  return section(
    t,
    html`<p>${t.signature.holder.hidden}</p>
<div class="actions">${show}</div>`,
  );
}

/** The signer's data in the certificate. */
export function holderSection(t: Texts, holder: Holder | "unreadable", hide: Content): Html {
  const words = t.signature.holder;
  if (holder === "unreadable") return section(t, html`<p>${words.unreadable}</p>`);
  const { name, address, birthDate, gender } = holder;
  const missing = html`<span class="missing">${words.missing}</span>`;
  return section(
    t,
    html`<dl class="facts">
${fact(t.items.name, "name", text(t, name))}${fact(
  t.items.address,
  "address",
  address === null ? missing : text(t, address),
)}${fact(t.items.birthdate, "birthdate", birthDate === null ? missing : date(t, birthDate))}${fact(
  t.items.gender,
  "gender",
  gender === null ? missing : genderText(t, gender),
)}</dl>
<div class="actions">${hide}</div>`,
  );
}

function section(t: Texts, content: Html): Html {
  return html`<section class="card holder" id="holder" aria-labelledby="holder-title" tabindex="-1">
<h2 id="holder-title">${t.signature.holder.title}</h2>
${content}
</section>`;
}

function fact(label: string, name: string, value: Html): Html {
  return html`<div class="fact" data-holder="${name}">
<dt>${label}</dt>
<dd>${value}</dd>
</div>
`;
}

function text(t: Texts, { raw, substituted }: Holder["name"]): Html {
  const count = substituted?.length ?? 0;
  return html`<span class="value" lang="ja" translate="no">${raw}</span>${
    count > 0 && html`<span class="received">${t.signature.holder.substituted(count)}</span>`
  }`;
}

function date(t: Texts, { raw, year, month, day }: NonNullable<Holder["birthDate"]>): Html {
  const parsed =
    year === null ? undefined : { year, ...(month !== null && { month }), ...(day !== null && { day }) };
  const birthdate = parsed === undefined ? { raw } : { raw, parsed };
  return html`<span class="value">${birthDateText(t, birthdate)}</span>${received(t, raw)}`;
}

function genderText(t: Texts, { raw, parsed }: NonNullable<Holder["gender"]>): Html {
  const words = parsed === null ? t.unknownGender(raw) : t.genders[parsed === "unknown" ? "other" : parsed];
  return html`<span class="value">${words}</span>${received(t, raw)}`;
}

function received(t: Texts, raw: string): Html {
  return html`<span class="received">${t.result.received} <code>${raw}</code></span>`;
}
