import type { ServiceKind } from "../data.ts";
import type { MethodName } from "../signing/methods.ts";
import type { TitledText } from "./parts.ts";

/** Texts of the signing pages. */
export interface SigningTexts {
  readonly title: string;
  readonly description: string;
  readonly lead: Readonly<Record<ServiceKind, string>>;
  readonly notSetUp: TitledText;
  readonly button: string;
  readonly leaving: string;

  readonly file: {
    readonly title: string;
    readonly choose: string;
    readonly drop: string;
    readonly another: string;
    readonly needsScript: string;
    readonly stays: string;
    readonly progress: string;
    readonly cancel: string;
    /** For screen readers, at every tenth. */
    working(percent: number): string;
    readonly done: string;
    readonly cancelled: string;
    /** Several were dropped. */
    readonly several: string;
    /** Why the button to sign does nothing. */
    readonly missing: Readonly<Record<"file" | "hash" | "cancelled" | "refused", string>>;
  };
  readonly sample: {
    readonly title: string;
    readonly text: string;
    readonly view: string;
    readonly hashHint: string;
    readonly button: string;
  };
  readonly advanced: {
    readonly title: string;
    readonly legend: string;
    readonly hint: string;
    readonly methods: Readonly<Record<MethodName, TitledText>>;
  };
  readonly stepsTitle: string;
  readonly steps: Readonly<Record<ServiceKind, readonly TitledText[]>>;

  readonly result: {
    readonly title: string;
    readonly lead: string;
    readonly leadNotChecked: string;
    readonly packageTitle: string;
    readonly packageText: readonly string[];
    readonly packagePersonal: string;
    readonly download: string;
    readonly toVerify: string;
    readonly loginChecksTitle: string;
    readonly kept: string;
    readonly erase: string;
    readonly again: string;
  };
  readonly noResult: Readonly<Record<"none" | "forgotten", TitledText>>;
  readonly toSign: string;
}
