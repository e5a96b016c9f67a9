import type { DigestFacts, DocumentFacts } from "../data.ts";
import { type Html, html } from "../html.ts";
import type { Texts } from "../texts/index.ts";

/** A long text without spaces, with break opportunities that are not copied. */
export function breakable(text: string): Html {
  const parts = text.match(/.{1,8}/gsu) ?? [];
  return html`${parts.map((part, index) => html`${index > 0 && html`<wbr>`}${part}`)}`;
}

/** The signed document: name, type and size are claims; the signature covers the hash. */
export function documentSection(
  t: Texts,
  document: DocumentFacts,
  digest: DigestFacts,
  scheme: string,
  link?: string,
): Html {
  const { document: words } = t.signature;
  return html`<section class="card document" aria-labelledby="document-title">
<h2 id="document-title">${words.title}</h2>
<dl class="facts">
${fact(words.name, html`<span class="value" translate="no">${document.name}</span>`, "name")}${
  document.mediaType !== undefined && fact(words.type, html`<code>${document.mediaType}</code>`, "type")
}${fact(words.size, document.size === undefined ? words.sizeUnknown : t.signature.bytes(document.size), "size")}${fact(
  t.signature.hash(digest.algorithm),
  html`<code class="hash" data-digest>${breakable(digest.value)}</code>`,
  "digest",
)}${fact(t.signature.method, scheme, "scheme")}</dl>
${link !== undefined && html`<p class="link-line"><a href="${link}">${words.download}</a></p>`}
</section>`;
}

function fact(label: string, value: Html | string, name: string): Html {
  return html`<div class="fact" data-document="${name}">
<dt>${label}</dt>
<dd>${value}</dd>
</div>
`;
}
