export type Language = "ja" | "en";
export type Bilingual = Readonly<Record<Language, string>>;
