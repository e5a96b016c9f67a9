import type { Language } from "../http/language.js";
import { style } from "./style.js";

/** A page of the handler. */
export interface HtmlPage {
  readonly status: number;
  readonly language: Language;
  readonly title: string;
  /** HTML: the element `main`. */
  readonly main: string;
  /** False for a HEAD request. */
  readonly withBody?: boolean;
  /** Whether a form sends to this site. */
  readonly hasForm?: boolean;
  /** A script, which may send requests to this site. */
  readonly script?: string;
  /** HTML for the end of `head`. */
  readonly head?: string;
}

/** The same pages again and again: their hashes are computed once. At first use, because edge runtimes allow no work at import. */
const hashes = new Map<string, string>();

async function hashOf(text: string): Promise<string> {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hash = `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`;
  hashes.set(text, hash);
  return hash;
}

/** Allows only the style sheet and the script, by their hashes (CSP Level 3 §2.3.1). */
async function contentSecurityPolicy({ hasForm, script }: HtmlPage): Promise<string> {
  const scripts = script === undefined ? "" : ` script-src ${await hashOf(script)}; connect-src 'self';`;
  const form = hasForm === true ? "'self'" : "'none'";
  return `default-src 'none'; style-src ${await hashOf(style)};${scripts} base-uri 'none'; form-action ${form}; frame-ancestors 'none'`;
}

/** The response with a page of the handler. */
export async function htmlPage(page: HtmlPage): Promise<Response> {
  const { status, language, title, main, withBody = true, script, head } = page;
  const html = `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>${style}</style>${head === undefined ? "" : `\n${head}`}
</head>
<body>
${main}${script === undefined ? "" : `\n<script>${script}</script>`}
</body>
</html>
`;
  return new Response(withBody ? html : null, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": language,
      "cache-control": "no-store",
      "content-security-policy": await contentSecurityPolicy(page),
      // A page that opened this one in a window must not exchange it for another one.
      "cross-origin-opener-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
    },
  });
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
