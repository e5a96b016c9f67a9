import type { TitledText } from "./parts.ts";

/** Texts of the verification page. */
export interface VerificationTexts {
  readonly title: string;
  readonly description: string;
  readonly lead: string;
  readonly private: string;
  readonly needsScript: string;
  readonly notSetUp: TitledText;
  readonly package: { readonly title: string; readonly hint: string };
  readonly document: { readonly title: string; readonly hint: string };
  readonly choose: string;
  readonly drop: string;
  readonly another: string;
  readonly advanced: {
    readonly title: string;
    readonly date: string;
    readonly dateHint: string;
    readonly optional: string;
    readonly optionalHint: string;
  };
  readonly button: string;
  readonly cancel: string;
  readonly progress: string;
  working(percent: number): string;
  readonly cancelled: string;
  /** Several files were dropped. */
  readonly several: string;
  readonly missing: Readonly<Record<"package" | "document" | "date", string>>;

  readonly verdict: {
    /** `time` is in words. */
    title(time: string): string;
    readonly lead: string;
    /** If the revocation status is unknown. */
    readonly titleNotChecked: string;
    readonly leadNotChecked: string;
    readonly timeTitle: string;
    readonly times: Readonly<Record<"evidence" | "caller" | "timestamp", string>>;
    readonly timestamps: Readonly<Record<"not-enclosed" | "not-checked", string>>;
    timestampBy(authority: string): string;
    readonly refused: string;
    /** If the verification did not reach the signature. */
    readonly notVerified: string;
  };
  readonly claims: {
    readonly title: string;
    readonly hint: string;
    readonly createdAt: string;
    readonly cards: string;
    readonly profile: string;
    readonly transaction: string;
    readonly none: string;
  };
}
