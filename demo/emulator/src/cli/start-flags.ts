import { clientAlgorithms, faults, faultyEndpoints, modes, resultEncryptions } from "../types.js";
import type { FlagGroup } from "./flags.js";

const endpoints = faultyEndpoints.join(", ");
const kinds = faults.filter((fault) => fault !== "none").join(", ");

/** The options of `honnin-emulator`. */
export const groups: readonly FlagGroup[] = [
  {
    title: { ja: "アドレス", en: "Addresses" },
    flags: [
      {
        name: "port",
        value: "N",
        example: "8080",
        help: {
          ja: "待ち受けるポート。既定では、空いているポートを選びます。",
          en: "The port to listen on. Without it, a free port.",
        },
      },
      {
        name: "host",
        value: "ADDRESS",
        example: "192.168.0.5",
        help: {
          ja: "待ち受けるアドレス。既定は 127.0.0.1 です。",
          en: "The address to listen on. Without it, 127.0.0.1.",
        },
      },
      {
        name: "public-origin",
        value: "URL",
        example: "https://emulator.example",
        help: {
          ja: "ブラウザーから見えるオリジン（スキーム、ホスト、ポート）。トンネルやプロキシを使うときに指定します。",
          en: "The origin that browsers use, if it differs (a tunnel, a proxy): scheme, host and port.",
        },
      },
      {
        name: "https",
        help: {
          ja: "https で待ち受けます。このコンピューターのアドレスの証明書を、その場で作ります（30 日間有効）。実際のスマートフォンから使うには、--host も指定します。",
          en: "Listens with https. Makes a certificate for the addresses of this machine, valid for 30 days. For a real phone, give --host too.",
        },
      },
      {
        name: "certificate-out",
        value: "FILE",
        example: "honnin-emulator.pem",
        help: {
          ja: "--https の証明書を書くファイル。サイトが信頼するために使います（NODE_EXTRA_CA_CERTS）。既定は honnin-emulator.pem です。",
          en: "The file for the certificate of --https, for the site to trust (NODE_EXTRA_CA_CERTS). Without it, honnin-emulator.pem.",
        },
      },
      {
        name: "certificate",
        value: "FILE",
        example: "cert.pem",
        help: {
          ja: "https に使う自分の証明書（PEM）。--key も必要です。",
          en: "Your own certificate for https, in PEM. Needs --key.",
        },
      },
      {
        name: "key",
        value: "FILE",
        example: "key.pem",
        help: { ja: "その秘密鍵（PEM）。", en: "Its private key, in PEM." },
      },
    ],
  },
  {
    title: { ja: "クライアント（サイト）", en: "The client (the site)" },
    flags: [
      {
        name: "client-id",
        value: "ID",
        example: "myshop",
        help: {
          ja: "クライアントを登録します。英数字だけです。--jwks と --redirect-uri も必要です。",
          en: "Registers a client: letters and digits. Needs --jwks and --redirect-uri.",
        },
      },
      {
        name: "jwks",
        value: "FILE",
        example: "jwks.json",
        help: {
          ja: "クライアントの公開鍵の JWK Set。npx honnin keygen が表示するものです。",
          en: "The client's public keys as a JWK Set, as npx honnin keygen prints it.",
        },
      },
      {
        name: "redirect-uri",
        value: "URI",
        multiple: true,
        example: "http://localhost:3000/auth/callback",
        help: {
          ja: "リダイレクト URI。複数回指定できます。",
          en: "The redirect URI. Can be given several times.",
        },
      },
      {
        name: "name",
        value: "TEXT",
        example: "My shop",
        help: {
          ja: "同意画面に表示する名前。既定はクライアント ID です。",
          en: "The client's name on the consent screen. Without it, the client ID.",
        },
      },
      {
        name: "alg",
        value: "ALG",
        example: "ES256",
        help: {
          ja: `client_assertion に認める唯一のアルゴリズム: ${clientAlgorithms.join("、")}`,
          en: `The only algorithm accepted for its client_assertion: ${clientAlgorithms.join(", ")}`,
        },
      },
      {
        name: "result-encryption",
        value: "ENC",
        example: "A256GCM",
        help: {
          ja: `電子署名の結果を暗号化する方式: ${resultEncryptions.join("、")}`,
          en: `How the results of signatures are encrypted: ${resultEncryptions.join(", ")}`,
        },
      },
    ],
  },
  {
    title: { ja: "動作", en: "Behaviour" },
    flags: [
      {
        name: "mode",
        value: "MODE",
        example: "test-card",
        help: {
          ja: `認可リクエストのあとの画面: ${modes.join("、")}。既定は app です。`,
          en: `The page after an authorization request: ${modes.join(", ")}. Without it, app.`,
        },
      },
      {
        name: "people",
        value: "FILE",
        example: "people.json",
        help: {
          ja: "追加する架空の人の JSON ファイル。形式は people.schema.json にあります。",
          en: "A JSON file with people of your own, beside the fixed ones. Its form is in people.schema.json.",
        },
      },
      {
        name: "auto",
        value: "PERSON",
        example: "ordinary",
        help: {
          ja: "画面を出さずに、この ID の人としてログインさせます。",
          en: "Logs everyone in as the person with this ID, without pages.",
        },
      },
      {
        name: "auto-response",
        value: "ID",
        example: "access_denied",
        help: {
          ja: "--auto のときの応答。normal（既定）、エラーコード、異常の ID のどれかです。",
          en: "The response with --auto: normal (without it), an error, or the ID of a misbehaviour.",
        },
      },
      {
        name: "fault",
        value: "ENDPOINT=FAULT",
        multiple: true,
        example: "token=fail",
        help: {
          ja: `エンドポイントの障害。複数回指定できます。${endpoints.replaceAll(", ", "、")} に ${kinds.replaceAll(", ", "、")}（private-key は jwks だけ）。`,
          en: `A fault of an endpoint. Can be given several times. ${endpoints}; ${kinds} (private-key for jwks only).`,
        },
      },
      {
        name: "sign-transaction-seconds",
        value: "N",
        example: "600",
        help: {
          ja: "署名の取引の有効期間（1〜86400 秒）。既定は 600 です。",
          en: "The lifetime of a signature transaction, 1 to 86400 seconds. Without it, 600.",
        },
      },
    ],
  },
  {
    title: { ja: "その他", en: "Other" },
    flags: [
      {
        name: "lang",
        value: "LANG",
        example: "ja",
        help: {
          ja: "この端末に表示する言語（ja、en）。既定は LANG などのロケールに従います。",
          en: "The language of this terminal (ja, en). Without it, that of the locale (LANG).",
        },
      },
      {
        name: "quiet",
        help: { ja: "内部エラーを端末に表示しません。", en: "Hides internal errors on the terminal." },
      },
      {
        name: "help",
        help: { ja: "この説明を表示します。-h も同じです。", en: "Shows this text, as -h does." },
      },
      { name: "version", help: { ja: "版を表示します。", en: "Shows the version." } },
    ],
  },
];
