import type { Language } from "./data.ts";

/** The site's own paths. Japanese has no prefix, English has `/en`. */
export const paths = {
  home: { ja: "/", en: "/en/" },
  result: { ja: "/result", en: "/en/result" },
  sign: { ja: "/sign", en: "/en/sign" },
  signResult: { ja: "/sign/result", en: "/en/sign/result" },
  signPackage: { ja: "/sign/package", en: "/en/sign/package" },
  verify: { ja: "/verify", en: "/en/verify" },
} as const satisfies Record<string, Record<Language, string>>;

export type PageName = keyof typeof paths;

/** The routes of the relying party's handler. */
export const authPaths = {
  login: "/auth/login",
  callback: "/auth/callback",
  logout: "/auth/logout",
  sign: "/auth/sign",
  signResume: "/auth/sign/resume",
  /** And everything below it. */
  handoff: "/auth/handoff",
} as const;

/** Whether the handler answers a path. */
export function isAuthPath(pathname: string): boolean {
  return Object.values<string>(authPaths).includes(pathname) || pathname.startsWith(`${authPaths.handoff}/`);
}

/** The page at a path; `undefined` if there is none. */
export function pageAt(pathname: string): { readonly page: PageName; readonly lang: Language } | undefined {
  for (const page of Object.keys(paths) as PageName[]) {
    for (const lang of ["ja", "en"] as const) {
      if (paths[page][lang] === pathname) return { page, lang };
    }
  }
  return undefined;
}

/** The language of a path, even if there is no page. */
export function languageOfPath(pathname: string): Language {
  return pathname === "/en" || pathname.startsWith("/en/") ? "en" : "ja";
}
