import type { PageContext } from "../data.ts";
import { type Html, html } from "../html.ts";
import { cardIcon, fileIcon, warningIcon } from "../icons.ts";
import { page } from "../page.ts";
import { authPaths, paths } from "../paths.ts";
import { breakable } from "../signature/document.ts";
import { texts } from "../texts/index.ts";
import { type MethodName, methods, offeredMethods } from "./methods.ts";

/** The ID of the document that this site offers, for the sign route. */
export const sampleId = "sample";

/**
 * The signing page: for a file of the user, whose hash the browser computes, or the sample document.
 *
 * @param sampleHash SHA-256 of the sample, in hexadecimal
 */
export function signPage(context: PageContext, sampleHash: string, loggedOut = false): string {
  const { lang, service, assets } = context;
  const t = texts[lang].signing;
  return page(context, {
    title: t.title,
    description: t.description,
    otherLanguagePath: paths.sign[lang === "ja" ? "en" : "ja"],
    indexed: true,
    current: "sign",
    loggedOut,
    script: assets.sign,
    main: html`<h1>${t.title}</h1>
<p class="lead">${t.lead[service]}</p>
<form class="sign" action="${authPaths.sign}" method="post" data-guard data-wasm="${assets.wasm}">
<input type="hidden" name="return_to" value="${paths.signResult[lang]}">
<input type="hidden" name="lang" value="${lang}">
${["digest", "name", "type", "size"].map((name) => html`<input type="hidden" name="${name}" value="" disabled>\n`)}
<div class="sign-main">
${fileCard(context)}
${advanced(context)}
</div>
<div class="sign-side">
${sampleCard(context, sampleHash)}
<section class="ways" aria-labelledby="steps-title">
<h2 id="steps-title">${t.stepsTitle}</h2>
<ol class="steps">
${t.steps[service].map((step) => html`<li><strong>${step.title}</strong><span>${step.text}</span></li>\n`)}</ol>
</section>
</div>
</form>`,
  });
}

function fileCard({ lang }: PageContext): Html {
  const t = texts[lang].signing;
  return html`<section class="card file-card" aria-labelledby="file-title" data-file>
<h2 id="file-title">${t.file.title}</h2>
<p class="notice needs-script" data-needs-script>${warningIcon}<span>${t.file.needsScript}</span></p>
<div data-with-script hidden>
${picker("file", t.file.choose, t.file.drop)}
<dl class="facts chosen" data-chosen hidden></dl>
<div class="working" data-working hidden>
<progress max="1" value="0" aria-label="${t.file.progress}"></progress>
<button class="button quiet" type="button" data-cancel>${t.file.cancel}</button>
</div>
<p class="picker-status" role="status" data-status></p>
<div data-problem></div>
<button class="button primary wide" type="submit" data-busy="${t.leaving}" data-sign aria-disabled="true">${cardIcon}<span>${t.button}</span></button>
<p class="hint">${t.file.stays}</p>
</div>
</section>`;
}

/** A place to choose or drop a file. The input has no name, so no form sends the file. */
export function picker(id: string, choose: string, drop: string, describedBy?: string): Html {
  return html`<div class="picker" data-picker>
<input type="file" id="${id}"${describedBy !== undefined && html` aria-describedby="${describedBy}"`}>
<label for="${id}">${fileIcon}<span class="picker-choose" data-choose>${choose}</span><span class="hint">${drop}</span></label>
</div>`;
}

function sampleCard({ lang, assets }: PageContext, hash: string): Html {
  const { sample: t } = texts[lang].signing;
  return html`<section class="card sample" aria-labelledby="sample-title">
<h2 id="sample-title">${t.title}</h2>
<p>${t.text}</p>
<p class="link-line"><a href="${assets.sample}">${t.view}</a></p>
<dl class="facts"><div class="fact"><dt>${texts[lang].signature.hash("sha256")}</dt><dd><code class="hash" data-sample-hash>${breakable(hash)}</code></dd></div></dl>
<p class="hint">${t.hashHint}</p>
<button class="button secondary wide" type="submit" name="document" value="${sampleId}" data-busy="${texts[lang].signing.leaving}"><span>${t.button}</span></button>
</section>`;
}

function advanced({ lang, service }: PageContext): Html {
  const t = texts[lang].signing.advanced;
  const offered = offeredMethods(service);
  const choice = (name: MethodName) =>
    html`<label class="choice method"><input type="radio" name="method" value="${name}" data-hash="${methods[name].hash}"${name === offered[0] && html` checked`}><span><strong>${t.methods[name].title}</strong><span class="hint">${t.methods[name].text}</span></span></label>\n`;
  return html`<details class="advanced">
<summary>${t.title}</summary>
<fieldset aria-describedby="method-hint">
<legend>${t.legend}</legend>
<p class="hint" id="method-hint">${t.hint}</p>
${offered.map(choice)}</fieldset>
</details>`;
}

/** The same page on a site without a decryption key or trust anchors. */
export function signNotSetUpPage(context: PageContext): string {
  const { lang } = context;
  const { title, text } = texts[lang].signing.notSetUp;
  return page(context, {
    title,
    layout: "narrow",
    current: "sign",
    otherLanguagePath: paths.sign[lang === "ja" ? "en" : "ja"],
    main: html`<h1>${title}</h1>
<p class="lead">${text}</p>
<div class="actions"><a class="button primary" href="${paths.home[lang]}">${texts[lang].toHome}</a></div>`,
  });
}
