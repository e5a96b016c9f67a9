import { basicItemNames, type LoginResult, type PageContext } from "./data.ts";
import { type Html, html } from "./html.ts";
import { loginForm } from "./login-form.ts";
import { logoutForm } from "./logout-form.ts";
import { page } from "./page.ts";
import { authPaths, paths } from "./paths.ts";
import { texts } from "./texts/index.ts";

export type Device = "phone" | "computer";

/** What the home page depends on. */
export interface Visit {
  /** Determines which steps are open. */
  readonly device: Device;
  /** Who is logged in. */
  readonly user?: LoginResult | undefined;
  readonly loggedOut?: boolean;
}

/** The home page: a description, the button, and the next steps; who is logged in. */
export function homePage(context: PageContext, { device, user, loggedOut = false }: Visit): string {
  const { lang, service } = context;
  const t = texts[lang].home;
  return page(context, {
    title: t.title,
    description: t.description,
    otherLanguagePath: paths.home[lang === "ja" ? "en" : "ja"],
    indexed: true,
    script: context.assets.element,
    current: "home",
    loggedOut: loggedOut && user === undefined,
    main: html`<div class="home">
<div class="intro">
<h1>${t.title}</h1>
<p class="lead">${t.lead[service]}</p>
${user !== undefined && session(context, user)}
${loginForm(lang)}
${here(context, device)}
</div>
<section class="ways" aria-labelledby="ways-title">
<h2 id="ways-title">${t.stepsTitle}</h2>
${way(context, "phone", device)}
${way(context, "computer", device)}
</section>
</div>`,
  });
}

/** Who is logged in, and the ways on. */
function session({ lang }: PageContext, { user }: LoginResult): Html {
  const t = texts[lang];
  return html`<section class="card session" aria-labelledby="session-title" data-session>
<h2 id="session-title">${t.session.title}</h2>
${
  user?.name !== undefined &&
  html`<p>${t.session.person}<strong lang="ja" translate="no">${user.name}</strong></p>
`
}<p class="hint">${t.session.others}</p>
<div class="actions">
<a class="button secondary" href="${paths.result[lang]}">${t.session.toResult}</a>
${logoutForm(lang, paths.home[lang])}
</div>
</section>`;
}

/** The QR code on this page. The element offers a way back to the service's page. */
function here({ lang }: PageContext, device: Device): Html {
  const t = texts[lang].home.here;
  const query = new URLSearchParams({ return_to: paths.result[lang], lang });
  return html`<section class="card here" aria-labelledby="here-title" data-only="computer"${device === "phone" && html` hidden`}>
<h2 id="here-title">${t.title}</h2>
<p>${t.what}</p>
<honnin-login action="${authPaths.login}" handoff="${authPaths.handoff}" return-to="${paths.result[lang]}" scopes="${basicItemNames.join(" ")}" launch="qr"><a href="${`${authPaths.login}?${query}`}">${t.link}</a></honnin-login>
<p class="hint">${t.difference}</p>
</section>`;
}

function way({ lang, service }: PageContext, device: Device, shown: Device): Html {
  const { title, steps } = texts[lang].home.ways[device];
  const items = steps[service].map(
    (step) => html`<li><strong>${step.title}</strong><span>${step.text}</span></li>\n`,
  );
  return html`<details class="way" data-device="${device}"${device === shown && html` open`}>
<summary>${title}</summary>
<ol class="steps">
${items}</ol>
</details>`;
}
