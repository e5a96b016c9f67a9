import "honnin/element";
import type { HonninElementEventMap, HonninElements } from "honnin/element";
import { createApp, defineComponent, type HTMLAttributes, ref } from "vue";

type Props<Name extends keyof HonninElements> = HTMLAttributes &
  HonninElements[Name] & {
    onHonninState?: (event: HonninElementEventMap["honnin-state"]) => void;
    onHonninError?: (event: HonninElementEventMap["honnin-error"]) => void;
  };

declare module "vue/jsx-runtime" {
  namespace JSX {
    interface IntrinsicElements {
      "honnin-login": Props<"honnin-login">;
      "honnin-sign": Props<"honnin-sign">;
    }
  }
}

const Page = defineComponent(() => {
  const state = ref("idle");
  return () => (
    <>
      <honnin-login
        lang="en"
        class="login"
        return-to="/account"
        handoff="/auth/handoff"
        autostart
        onHonninState={({ detail }) => {
          state.value = detail.state;
        }}
      >
        <a href="/auth/login">Log in</a>
      </honnin-login>
      <output>{state.value}</output>
      <honnin-sign document="contract" lang="en" />
      {/* @ts-expect-error: no such launch */}
      <honnin-sign launch="app" document="contract" />
    </>
  );
});

createApp(Page).mount("#root");
