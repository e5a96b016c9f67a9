import { checksSection } from "../checks.ts";
import type { Holder, PageContext, SigningResult } from "../data.ts";
import { html } from "../html.ts";
import { statusIcons } from "../icons.ts";
import { logoutForm } from "../logout-form.ts";
import { page } from "../page.ts";
import { paths } from "../paths.ts";
import { chainSection } from "../signature/chain.ts";
import { documentSection } from "../signature/document.ts";
import { hiddenHolderSection, holderSection } from "../signature/holder.ts";
import { revocationSection, revocationStatuses } from "../signature/revocation.ts";
import { texts } from "../texts/index.ts";
import { sampleId } from "./page.ts";

/** The parameter of the result page that requests the holder's data. */
export const holderParameter = "holder";

/**
 * The result of a verified signature. The page does not contain the signer's data unless `holder` is set.
 *
 * @param holder `"unreadable"` if the data cannot be read from the certificate
 */
export function signResultPage(
  context: PageContext,
  result: SigningResult,
  holder?: Holder | "unreadable",
): string {
  const { lang, assets } = context;
  const t = texts[lang];
  const { signature, evidence, document, digest } = result;
  const status = revocationStatuses[signature.revocation.status];
  const here = paths.signResult[lang];
  const show = html`<a class="button secondary" href="${here}?${holderParameter}=show#holder" data-show-holder>${t.signature.holder.show}</a>`;
  const hide = html`<a class="button secondary" href="${here}#holder">${t.signature.holder.hide}</a>`;
  return page(context, {
    title: t.signing.result.title,
    current: "sign",
    otherLanguagePath: paths.signResult[lang === "ja" ? "en" : "ja"],
    main: html`<div class="result-head">
<h1>${status === "passed" ? statusIcons.passed : statusIcons.skipped}<span>${t.signing.result.title}</span></h1>
<p class="lead">${status === "passed" ? t.signing.result.lead : t.signing.result.leadNotChecked}</p>
</div>
<div class="stack">
${chainSection(t, { signature, evidence, document, showBirthday: holder !== undefined })}
<div class="halves">
${documentSection(t, document, digest, t.signature.schemes[signature.scheme], document.id === sampleId ? assets.sample : undefined)}
${packageSection(context)}
${revocationSection(t, signature.revocation, evidence)}
${holder === undefined ? hiddenHolderSection(t, show) : holderSection(t, holder, hide)}
</div>
${checksSection(t, signature.report, t.signature.checksTitle)}
${checksSection(t, result.loginReport, t.signing.result.loginChecksTitle, "login-checks")}
</div>
<div class="result-foot">
<p class="hint">${t.signing.result.kept}</p>
<div class="actions">
<a class="button primary" href="${paths.sign[lang]}">${t.signing.result.again}</a>
${logoutForm(lang, paths.sign[lang], t.signing.result.erase)}
</div>
</div>`,
  });
}

function packageSection({ lang }: PageContext) {
  const t = texts[lang].signing.result;
  return html`<section class="card package" aria-labelledby="package-title">
<h2 id="package-title">${t.packageTitle}</h2>
${t.packageText.map((line) => html`<p>${line}</p>\n`)}<p class="hint">${t.packagePersonal}</p>
<div class="actions">
<a class="button primary" href="${paths.signPackage[lang]}" download data-download>${t.download}</a>
<a class="button secondary" href="${paths.verify[lang]}">${t.toVerify}</a>
</div>
</section>`;
}

/** The result page without a result: no document was signed, or the result was erased. */
export function noSigningPage(context: PageContext, why: "none" | "forgotten"): string {
  const { lang } = context;
  const { noResult, toSign } = texts[lang].signing;
  const { title, text } = noResult[why];
  return page(context, {
    title,
    layout: "narrow",
    current: "sign",
    otherLanguagePath: paths.signResult[lang === "ja" ? "en" : "ja"],
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
<div class="actions"><a class="button primary" href="${paths.sign[lang]}">${toSign}</a></div>`,
  });
}
