import { createHmac } from "node:crypto";
import type { Bilingual } from "./types.js";

/** A fictional person, with the basic items (基本4情報) as userinfo returns them. */
export interface Person {
  readonly id: string;
  /** The special property of the person. */
  readonly title: Bilingual;
  readonly name?: string;
  readonly address?: string;
  /** `YYYYMMDD`; an unknown month or day is `00`. */
  readonly birthdate?: string;
  /** `1` male, `2` female, `3` other or unknown. */
  readonly gender?: string;
}

/** The scopes that stand for basic items; each is also the name of the claim. */
export const basicItems = ["name", "address", "birthdate", "gender"] as const;
export type BasicItem = (typeof basicItems)[number];

const longBuilding = Array.from(
  { length: 12 },
  (_, index) => `見本ハイツ第${"一二三四五六七八九十百千"[index]}別館`,
);

/** The people who are always there. All fictional; ids are stable. */
export const people: readonly Person[] = [
  {
    id: "ordinary",
    title: { ja: "標準的なデータ（男性）", en: "An ordinary person (man)" },
    name: "本人　太郎",
    address: "東京都架空区見本町１丁目２番３号",
    birthdate: "19800217",
    gender: "1",
  },
  {
    id: "ordinary-woman",
    title: { ja: "標準的なデータ（女性）", en: "An ordinary person (woman)" },
    name: "見本　花子",
    address: "大阪府架空市例示町４５６番地",
    birthdate: "20010409",
    gender: "2",
  },
  {
    id: "long-name",
    title: { ja: "とても長い氏名", en: "A very long name" },
    name: "寿限無寿限無　五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処藪ら柑子の藪柑子パイポパイポパイポのシューリンガンシューリンガンのグーリンダイグーリンダイのポンポコピーのポンポコナーの長久命の長助",
    address: "東京都架空区長屋町１番地",
    birthdate: "19761103",
    gender: "1",
  },
  {
    id: "rare-characters",
    title: { ja: "JIS第1・第2水準や補助漢字にない文字", en: "Characters outside JIS X 0208 and 0212" },
    // A supplementary-plane kanji, compatibility ideographs, and an ideographic variation sequence (U+E0100).
    name: "𠮷﨑　髙德葛\u{e0100}",
    address: "奈良県架空市葛\u{e0100}見本𠮷野１２番地",
    birthdate: "19670531",
    gender: "2",
  },
  {
    id: "unknown-day",
    title: { ja: "生まれた日が不明", en: "Day of birth unknown" },
    name: "不詳　日子",
    address: "北海道架空郡例示町字見本７番地",
    birthdate: "19550300",
    gender: "2",
  },
  {
    id: "unknown-month",
    title: { ja: "生まれた月と日が不明", en: "Month and day of birth unknown" },
    name: "不詳　月夫",
    address: "沖縄県架空市見本８番地",
    birthdate: "19400000",
    gender: "1",
  },
  {
    id: "abroad",
    title: { ja: "国外の住所", en: "An address abroad" },
    name: "架空　洋子",
    address: "アメリカ合衆国架空州サンプルシティ見本通り１００番",
    birthdate: "19881224",
    gender: "2",
  },
  {
    id: "moved-abroad",
    title: { ja: "国外転出", en: "Moved abroad (国外転出)" },
    name: "転出　三郎",
    address: "国外転出",
    birthdate: "19920229",
    gender: "1",
  },
  {
    id: "long-address",
    title: { ja: "200文字を超える住所", en: "An address of more than 200 characters" },
    name: "長井　所",
    address: `京都府京都市架空区見本通例示上る東入る二丁目見本町１２３４番地の５６７８${longBuilding.join("")}メゾン・ド・サンプル・ロング・アドレス・ヴィラ・グランドパレス架空中央公園前駅南口壱番館タワーレジデンス１２３４５号室（架空様方）`,
    birthdate: "19700701",
    gender: "2",
  },
  {
    id: "gender-unknown",
    title: { ja: "性別コード3", en: "Gender code 3" },
    name: "例示　薫",
    address: "福岡県架空市見本９番地",
    birthdate: "20000101",
    gender: "3",
  },
  {
    id: "foreign-resident",
    title: { ja: "外国人住民（ローマ字の氏名）", en: "A foreign resident (name in Latin letters)" },
    name: "SAMPLE MARIE-CLAIRE O'FICTION",
    address: "神奈川県架空市例示区見本１０－１１－１２０３",
    birthdate: "19951010",
    gender: "2",
  },
  {
    id: "markup",
    title: { ja: "記号の多い氏名", en: "A name full of markup characters" },
    name: "<b>記号</b>　＆\"太郎'&amp;\\",
    address: "東京都架空区<script>見本</script>町１－２－３",
    birthdate: "19991231",
    gender: "1",
  },
  {
    id: "no-basic-items",
    title: { ja: "基本4情報がない", en: "No basic items at all" },
  },
];

/**
 * The pairwise `sub` (OIDC Core 8.1): stable for one client and person, also after restarts, and different between clients.
 * It has the form of a UUID, as in Keycloak. It is not derived from a secret, because these people are public.
 */
export function pairwiseSubject(clientId: string, personId: string): string {
  const bytes = createHmac("sha256", "honnin emulator")
    .update(`${clientId} ${personId}`)
    .digest()
    .subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
