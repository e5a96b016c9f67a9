import type { Attempt, Phone } from "./attempts.js";
import {
  type Exchange,
  type Handler,
  HttpError,
  readCookie,
  readForm,
  redirect,
  refuseHead,
  sendJson,
  sendPage,
} from "./http.js";
import { type PhoneView, phonePage } from "./pages/phone.js";
import type { Realm } from "./realm.js";
import { findCardKind } from "./signing/cards.js";
import { signTransaction, transactionOf } from "./signing/sign.js";

const cookieName = "emulator_phone";

/** Binds the phone's browser to the phone's pages: one cookie per phone, distinguished by the path. */
export function phoneCookie({ id, secret }: Phone, origin: string): string {
  const secure = origin.startsWith("https:") ? "; Secure" : "";
  return `${cookieName}=${secret}; Path=/phone/${id}; HttpOnly; SameSite=Lax${secure}`;
}

/** The emulated app, opened by the QR code or from the requesting browser. */
export function phoneRoutes(realm: Realm): [string, string, Handler][] {
  const { attempts } = realm;

  const attemptOf = ({ request, params }: Exchange): Attempt & { phone: Phone } => {
    const attempt = attempts.findByPhone(params.id ?? "", readCookie(request, cookieName));
    if (attempt?.phone === undefined) throw new HttpError(404, "expired");
    return attempt as Attempt & { phone: Phone };
  };
  const show = (exchange: Exchange, status: number, message?: PhoneView["message"]): void => {
    const { response, language } = exchange;
    const attempt = attemptOf(exchange);
    const { phone } = attempt;
    const transaction = transactionOf(realm, attempt.request);
    const page = phonePage({
      language,
      attempt,
      phone,
      wallet: attempts.wallet(attempt),
      ...(transaction === undefined ? {} : { transaction }),
      ...(message === undefined ? {} : { message }),
    });
    sendPage(response, status, page, { language });
  };
  /** Every step ends on the phone's page, in any stage, because stages only advance. */
  const step =
    (action: (attempt: Attempt, exchange: Exchange) => Promise<void> | void): Handler =>
    async (exchange) => {
      const attempt = attemptOf(exchange);
      await action(attempt, exchange);
      redirect(exchange.response, `/phone/${attempt.phone.id}`);
    };

  /** 許可: the card signs the transaction. */
  const allow = async (attempt: Attempt): Promise<void> => {
    // Before the first await: 中止 must not come between the consent and the signature.
    if (!attempts.allow(attempt)) return;
    const { request, personId, card } = attempt;
    const signed = await signTransaction(realm, request, personId, card);
    if (signed === "over") attempts.fail(attempt, "sign-transaction-expired");
    else attempts.approve(attempt, signed === "signed-before");
  };

  return [
    [
      "GET",
      "/app/:ticket",
      (exchange) => {
        const { params, response } = exchange;
        refuseHead(exchange);
        const phone = attempts.openByTicket(params.ticket ?? "")?.phone;
        if (phone === undefined) throw new HttpError(404, "qr-expired");
        response.setHeader("set-cookie", phoneCookie(phone, realm.origin));
        redirect(response, `/phone/${phone.id}`);
      },
    ],
    ["GET", "/phone/:id", (exchange) => show(exchange, 200)],
    [
      "GET",
      "/phone/:id/status",
      (exchange) => sendJson(exchange.response, 200, { state: attemptOf(exchange).stage }),
    ],
    ["POST", "/phone/:id/start", step((attempt) => attempts.start(attempt))],
    [
      "POST",
      "/phone/:id/pin",
      async (exchange) => {
        const attempt = attemptOf(exchange);
        const result = attempts.enterPin(attempt, (await readForm(exchange.request)).get("pin") ?? "");
        if (result === "wrong" || result === "malformed") return show(exchange, 422, result);
        redirect(exchange.response, `/phone/${attempt.phone.id}`);
      },
    ],
    ["POST", "/phone/:id/same-pin", step((attempt) => attempts.enterSamePin(attempt))],
    [
      "POST",
      "/phone/:id/sign-pin",
      async (exchange) => {
        const attempt = attemptOf(exchange);
        const pin = (await readForm(exchange.request)).get("sign-pin") ?? "";
        const result = attempts.enterSignPin(attempt, pin);
        if (result === "wrong" || result === "malformed") return show(exchange, 422, result);
        redirect(exchange.response, `/phone/${attempt.phone.id}`);
      },
    ],
    [
      "POST",
      "/phone/:id/card",
      step(async (attempt, { request }) => {
        const form = await readForm(request);
        const card = findCardKind(form.get("card") ?? "normal");
        if (card !== undefined) attempts.holdCard(attempt, form.get("person") ?? "", card);
      }),
    ],
    [
      "POST",
      "/phone/:id/consent",
      step(async (attempt, { request }) => {
        const answer = (await readForm(request)).get("answer");
        if (answer === "allow") await allow(attempt);
        else if (answer === "cancel") attempts.cancel(attempt);
      }),
    ],
    ["POST", "/phone/:id/cancel", step((attempt) => attempts.cancel(attempt))],
  ];
}
