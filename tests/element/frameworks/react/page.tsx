import "honnin/element";
import type { HonninElements } from "honnin/element";
import { type HTMLAttributes, useState } from "react";
import { createRoot } from "react-dom/client";

type Props<Name extends keyof HonninElements> = HTMLAttributes<HTMLElement> & HonninElements[Name];

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "honnin-login": Props<"honnin-login">;
      "honnin-sign": Props<"honnin-sign">;
    }
  }
}

function Page() {
  const [state, setState] = useState("idle");
  return (
    <>
      <honnin-login
        lang="en"
        className="login"
        return-to="/account"
        handoff="/auth/handoff"
        autostart
        onhonnin-state={({ detail }) => setState(detail.state)}
      >
        <a href="/auth/login">Log in</a>
      </honnin-login>
      <output>{state}</output>
      <honnin-sign document="contract" lang="en" />
      {/* @ts-expect-error: no such launch */}
      <honnin-sign launch="app" document="contract" />
    </>
  );
}

createRoot(document.querySelector("#root") as HTMLElement).render(<Page />);
