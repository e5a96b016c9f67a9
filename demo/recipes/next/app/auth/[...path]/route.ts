// Next.js (App Router): the routes of the login. `auth.ts` is in the project's root, or in `src` if `app` is there.

/**
 * The path must be the one that the browser sent. With `basePath`, Next strips it from `request.url`: put it in front again. With
 * `trailingSlash`, Next redirects `/auth/callback` to `/auth/callback/`: turn it off, or take the slash away here.
 */
async function answer(request: Request): Promise<Response> {
  // Not at the top: `next build` loads this file, and its machine may not have the secrets.
  const { origin, rp } = await import("@/auth");
  const { pathname, search } = new URL(request.url);
  return rp.fetch(new Request(origin + pathname.replace(/\/$/, "") + search, request));
}

export const GET = answer;
export const POST = answer;
