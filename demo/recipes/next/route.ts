// Next.js (App Router): app/auth/[...path]/route.ts
import { origin, rp } from "../auth.ts";

/**
 * The path must be the one that the browser sent. With `basePath`, Next strips it from `request.url`: put it in front again. With
 * `trailingSlash`, Next redirects `/auth/callback` to `/auth/callback/`: turn it off, or take the slash away here.
 */
async function answer(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return rp.fetch(new Request(origin + pathname.replace(/\/$/, "") + search, request));
}

export const GET = answer;
export const POST = answer;
