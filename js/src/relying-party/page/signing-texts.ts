import type { SharedKind, SigningKind } from "./classify.js";
import { shared } from "./signing-shared-texts.js";
import { contact, type KindText } from "./texts.js";

/** Texts of the kinds that occur only with a signature. */
const own: Readonly<Record<SigningKind, KindText>> = {
  "signing-denied": {
    ja: {
      title: "署名は完了していません",
      what: "署名が途中で終わりました。文書に署名は付いていません。",
      todo: [
        "操作を中止したときは、この画面を閉じるか、もう一度文書を選ぶところから操作してください。",
        "暗証番号を続けて間違えてロックされたときも、この表示になることがあります。ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
      ],
      resume: [
        "同じ文書に署名するときは、下の「続きから再開」を押してください。取りやめるときは、このまま画面を閉じてかまいません。",
        "暗証番号を続けて間違えてロックされたときも、この表示になることがあります。ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
      ],
    },
    en: {
      title: "The document has not been signed",
      what: "Signing ended before it was complete. The document has not been signed.",
      todo: [
        "If you cancelled, close this page, or start again by choosing the document.",
        "This page may also appear if a PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
      ],
      resume: [
        "To sign the same document, choose “Resume” below. If you do not want to sign it, you can close this page.",
        "This page may also appear if a PIN is locked after too many wrong attempts. The municipal office where you are registered can unlock it and reset it.",
      ],
    },
  },
  "start-refused": {
    ja: {
      title: "署名を始められませんでした",
      what: "このサイトで署名を始めることが許可されていません。ログインが必要な場合や、ログインの有効期限が切れている場合があります。",
      todo: ["ログインしてから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Signing could not start",
      what: "You are not allowed to start a signature on this site. You may have to log in first, or your login may have expired.",
      todo: ["Log in, then start again by choosing the document.", contact.en],
    },
  },
  "too-many": {
    ja: {
      title: "しばらく待ってからお試しください",
      what: "短い時間に始められた署名が多すぎるため、新しい署名を受け付けられません。",
      todo: ["10分ほど待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
    },
    en: {
      title: "Please wait a while",
      what: "Too many signatures were started within a short time, so this site cannot accept a new one now.",
      todo: ["Please wait about ten minutes, then start again by choosing the document.", contact.en],
    },
  },
  "pin-locked": {
    ja: {
      title: "署名用電子証明書の暗証番号がロックされています",
      what: "署名用電子証明書の暗証番号（パスワード、英数字6〜16文字）の入力を続けて間違えたため、ロックされました。文書に署名は付いていません。",
      todo: [
        "ロックの解除と暗証番号の再設定は、住民票のある市区町村の窓口でできます。",
        "利用者証明用電子証明書の暗証番号（数字4桁）がわかるときは、スマートフォンのJ-LISのアプリで予約し、コンビニエンスストアのマルチコピー機（キオスク端末）で初期化することもできます。",
        "再設定が済んだら、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "Your signing PIN is locked",
      what: "The PIN of your signing certificate (6 to 16 letters and digits) was wrong too many times, so it is locked. The document has not been signed.",
      todo: [
        "The municipal office where you are registered can unlock it and reset it.",
        "If you know the four-digit PIN of your user authentication certificate, you can also book a reset with J-LIS’s smartphone app and complete it at a multi-function copier in a convenience store.",
        "After the reset, start again by choosing the document.",
      ],
    },
  },
  "transaction-expired": {
    ja: {
      title: "署名の有効期限が切れました",
      what: "署名の手続きを始めてから時間がたったため、この手続きは使えなくなりました。このサイトは署名の結果を受け取っていません。",
      todo: ["お手数ですが、もう一度文書を選ぶところから操作してください。"],
    },
    en: {
      title: "The signature took too long",
      what: "Too much time has passed since signing began, so it can no longer be completed. This site received no signature.",
      todo: ["Please start again by choosing the document."],
    },
  },
  "transaction-used": {
    ja: {
      title: "この署名は受け取り済みです",
      what: "署名の結果は一度しか受け取れません。この署名の結果は、すでに受け渡しが済んでいます。",
      todo: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、お手数ですが、もう一度文書を選ぶところから操作してください。",
      ],
      resume: [
        "別の画面で署名が完了しているときは、この画面を閉じてかまいません。",
        "完了した画面が見当たらないときは、少し待ってから、下の「続きから再開」を押してください。別の画面で受け取った結果が残っていれば、そこから続けられます。",
        "それでもこの画面に戻るときは、お手数ですが、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "This signature was already collected",
      what: "The result of a signature can be collected only once, and this result was already collected.",
      todo: [
        "If the signature was completed in another window, you can close this page.",
        "If you cannot find it there, please start again by choosing the document.",
      ],
      resume: [
        "If the signature was completed in another window, you can close this page.",
        "If you cannot find it there, wait a moment, then choose “Resume” below. If another window has collected the result and stored it, you can continue from there.",
        "If this page appears again, please start again by choosing the document.",
      ],
    },
  },
  "other-user": {
    ja: {
      title: "別の方のカードで署名されています",
      what: "署名した方と、このサイトに戻ってきた方が一致しませんでした。安全のため、この署名は使わずに破棄しました。",
      todo: [
        "はじめから終わりまで、ご本人のマイナンバーカードだけを使って、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "Someone else’s card was used",
      what: "The person who signed is not the person who returned to this site. For your safety, the signature was discarded without being used.",
      todo: [
        "Start again by choosing the document, and use only your own My Number Card from start to end.",
        contact.en,
      ],
    },
  },
  "result-pending": {
    ja: {
      title: "署名の結果を待っています",
      what: "署名の結果が、デジタル認証サービスからまだ届いていません。手続きは失われていません。",
      todo: ["お手数ですが、しばらく待ってから、もう一度文書を選ぶところから操作してください。"],
      resume: ["少し待ってから、下の「続きから再開」を押してください。署名をやり直す必要はありません。"],
    },
    en: {
      title: "The result is not available yet",
      what: "The result of your signature has not arrived from the Digital Authentication Service yet. Nothing is lost.",
      todo: ["Please wait a while, then start again by choosing the document."],
      resume: ["Wait a moment, then choose “Resume” below. You do not have to sign again."],
    },
  },
  revoked: {
    ja: {
      title: "この証明書では署名できません",
      what: "お使いのカードの署名用電子証明書は失効しています。そのため、この署名は受け付けられませんでした。署名用電子証明書は、引っ越しや結婚などで住所や氏名が変わったときにも失効します。",
      todo: [
        "新しい署名用電子証明書の発行を、お住まいの市区町村の窓口で申請してください。",
        "発行を受けたら、もう一度文書を選ぶところから操作してください。",
      ],
    },
    en: {
      title: "This certificate cannot be used to sign",
      what: "The signing certificate on your card has been revoked, so the signature was not accepted. This also happens when your name or address changes, for example when you move or marry.",
      todo: [
        "Apply for a new signing certificate at your municipal office.",
        "Once you have it, start again by choosing the document.",
      ],
    },
  },
  "unknown-policy": {
    ja: {
      title: "この種類の証明書には対応していません",
      what: "署名に使われた証明書は、このサイトが受け付けている種類のものではありませんでした。そのため、この署名は受け付けられませんでした。",
      todo: [
        "マイナンバーカードの署名用電子証明書を使って、もう一度文書を選ぶところから操作してください。",
        contact.ja,
      ],
    },
    en: {
      title: "This kind of certificate is not supported",
      what: "The certificate that was used to sign is not of a kind that this site accepts, so the signature was not accepted.",
      todo: [
        "Start again by choosing the document, and use the signing certificate of a My Number Card.",
        contact.en,
      ],
    },
  },
  evidence: {
    ja: {
      title: "証明書の有効性を確認できませんでした",
      what: "署名に使われた証明書が失効していないかどうかを、いま確認できませんでした。確認が済むまで、この署名は受け付けられません。",
      todo: ["しばらく待ってから、もう一度文書を選ぶところから操作してください。", contact.ja],
      resume: [
        "しばらく待ってから、下の「続きから再開」を押してください。署名をやり直す必要はありません。",
        contact.ja,
      ],
    },
    en: {
      title: "The certificate’s status could not be checked",
      what: "The revocation status of the certificate that was used to sign could not be checked now. The signature cannot be accepted until it is known.",
      todo: ["Please wait a while, then start again by choosing the document.", contact.en],
      resume: ["Please wait a while, then choose “Resume” below. You do not have to sign again.", contact.en],
    },
  },
  document: {
    ja: {
      title: "文書を受け取れませんでした",
      what: "署名する文書の情報が届かなかったか、正しい形ではありませんでした。署名の手続きは始まっていません。",
      todo: [
        "前の画面に戻って読み込み直し、もう一度文書を選んでください。",
        "ファイル名が255文字を超えるか、目に見えない特殊な文字を含むときは、名前を変えて選び直してください。",
        contact.ja,
      ],
    },
    en: {
      title: "The document could not be accepted",
      what: "The data of the document to sign was missing or did not have the right form. Signing has not started.",
      todo: [
        "Go back to the previous page, reload it and choose the document again.",
        "If the file’s name is longer than 255 characters or contains invisible characters, rename it and choose it again.",
        contact.en,
      ],
    },
  },
  "nothing-to-resume": {
    ja: {
      title: "続きから再開できる署名はありません",
      what: "このブラウザーには、途中になっている署名が見つかりませんでした。すでに完了しているか、時間がたって取り消された可能性があります。",
      todo: [
        "署名が完了しているときは、この画面を閉じてかまいません。",
        "署名するときは、もう一度文書を選ぶところから操作してください。別のブラウザーで始めた署名は、そのブラウザーで続けてください。",
      ],
    },
    en: {
      title: "There is no signature to resume",
      what: "This browser has no unfinished signature. It may already be complete, or cancelled because too much time has passed.",
      todo: [
        "If the signature is complete, you can close this page.",
        "To sign, start again by choosing the document. You can resume a signature only in the browser in which you started it.",
      ],
    },
  },
};

/** Texts for a user who signs a document, if they differ from those of a login. */
export const signingTexts: Readonly<Record<SharedKind | SigningKind, KindText>> = { ...own, ...shared };
