// Next.js (App Router): a page for people who are logged in. Link to it and to the login with <a>, because <Link> prefetches.
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { Suspense } from "react";

export default function Account() {
  // With `cacheComponents`, as in a new project of Next.js 16, only parts in <Suspense> may read the request.
  return (
    <Suspense>
      <Content />
    </Suspense>
  );
}

async function Content() {
  const sent = new Headers(await headers());
  const { origin, rp } = await import("@/auth");
  const session = await rp.session(new Request(origin, { headers: sent }));
  if (session === undefined) redirect("/auth/login?return_to=/account");
  return (
    <main>
      <pre>{JSON.stringify(session.data)}</pre>
      <form method="post" action="/auth/logout?return_to=/">
        <button type="submit">ログアウト</button>
      </form>
    </main>
  );
}
