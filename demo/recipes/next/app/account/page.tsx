// Next.js (App Router): a page for people who are logged in. Link to it and to the login with <a>, because <Link> prefetches.
import { headers } from "next/headers";
import { redirect } from "next/navigation";

export default async function Account() {
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
