import type { Bilingual } from "../bilingual.js";

export const probeTexts = {
  open: {
    ja: "ブラウザーで次の URL を開き、テストカードでログインしてください:",
    en: "Open this URL in your browser and log in with a test card:",
  },
  paste: {
    ja: "戻ってきたページの URL を貼り付けてください: ",
    en: "Paste the URL of the page to which the browser returned: ",
  },
  thanks: {
    ja: "受け取りました。このページを閉じて、端末に戻ってください。\nReceived. Close this page and return to the terminal.\n",
    en: "Received. Close this page and return to the terminal.\n受け取りました。このページを閉じて、端末に戻ってください。\n",
  },
  written: {
    ja: "{} に書きました。クレーム、トークン、鍵、個人の値は含みませんが、渡す前に内容を確かめてください。",
    en: "Written to {}. It contains no value of a claim, a token, a key or a person, but read it before you pass it on.",
  },
  incomplete: {
    ja: "途中までの報告です。最後の手順の status と error を確かめてください。",
    en: "The report is not complete. Look at status and error of its last step.",
  },
  nobody: {
    ja: "時間内にログインが終わりませんでした。もう一度実行するか、--timeout を大きくしてください。",
    en: "Nobody logged in in time. Try again, or set a larger --timeout.",
  },
  port: {
    ja: "リダイレクト URI（{}）で待ち受けできません。そのポートを使うプログラムを止めるか、--paste を付けてください。",
    en: "Nothing can listen on the redirect URI ({}). Stop the program that uses its port, or add --paste.",
  },
} satisfies Record<string, Bilingual>;
