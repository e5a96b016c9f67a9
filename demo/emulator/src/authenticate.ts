import type { Attempt, Failure } from "./attempts.js";
import type { Answer } from "./auto-answers.js";
import { errorResponses } from "./error-responses.js";
import {
  type Exchange,
  type Handler,
  HttpError,
  readForm,
  redirect,
  refuseHead,
  sendJson,
  sendPage,
} from "./http.js";
import { findMisbehaviour } from "./misbehaviours.js";
import {
  type ComputerMessage,
  type ComputerView,
  computerPage,
  computerState,
  openAppPage,
} from "./pages/computer.js";
import { type TestCardProblem, testCardPage } from "./pages/test-card.js";
import { pairwiseSubject } from "./people.js";
import { phoneCookie } from "./phone.js";
import type { Provider } from "./provider.js";
import type { Realm } from "./realm.js";
import { type CardKind, findCardKind } from "./signing/cards.js";
import { choosesSigner } from "./signing/misbehaviours/kinds.js";
import { findSigningMisbehaviour } from "./signing/misbehaviours.js";
import { signTransaction, transactionOf } from "./signing/sign.js";

/** The error response for the client. */
const failures: Record<Failure, { readonly error: string; readonly error_description: string }> = {
  cancelled: { error: "access_denied", error_description: "The user cancelled" },
  "number-mismatch": { error: "access_denied", error_description: "The number was wrong too often" },
  "pin-locked": { error: "access_denied", error_description: "The PIN was wrong too often" },
  "sign-pin-locked": { error: "pin_locked", error_description: "The PIN for signing was wrong too often" },
  "sign-transaction-expired": {
    error: "transaction_expired",
    error_description: "The signature's transaction is over",
  },
};

/** The pages of the requesting browser, bound to it by oidc-provider's interaction cookie. */
export function authenticateRoutes(realm: Realm, provider: Provider): [string, string, Handler][] {
  const { attempts } = realm;

  const attemptOf = async ({ request, response, params }: Exchange): Promise<Attempt> => {
    const details = await provider.interactionDetails(request, response).catch(() => undefined);
    const attempt = details?.uid === params.uid ? attempts.find(details?.uid ?? "") : undefined;
    if (attempt === undefined) throw new HttpError(404, "expired");
    return attempt;
  };

  const view = ({ language }: Exchange, attempt: Attempt, message?: ComputerMessage): ComputerView => {
    const ticket = attempts.ticket(attempt);
    return {
      language,
      attempt,
      origin: realm.origin,
      ownCertificate: realm.ownCertificate,
      ticket: ticket && { value: ticket.value, lapsed: attempts.hasLapsed(ticket) },
      ...(message === undefined ? {} : { message }),
    };
  };

  const showTestCard = (exchange: Exchange, attempt: Attempt, problem?: TestCardProblem): void => {
    const { language, response } = exchange;
    const page = testCardPage({
      language,
      attempt,
      wallet: attempts.wallet(attempt),
      signedBefore: transactionOf(realm, attempt.request)?.signed !== undefined,
      problem,
      canGoBack: realm.mode === "app",
    });
    sendPage(response, problem === undefined ? 200 : 422, page, { language, leavesSite: true });
  };

  /** Passes the person, or an error, to oidc-provider, which redirects to the client. */
  const finish = async (
    { request, response }: Exchange,
    attempt: Attempt,
    result: { personId: string; misbehaviour?: string } | { error: string; error_description?: string },
  ): Promise<void> => {
    attempts.forget(attempt);
    redirect(
      response,
      await provider.interactionResult(request, response, await interactionResult(attempt, result)),
    );
  };

  const interactionResult = async (
    { request }: Attempt,
    result: { personId: string; misbehaviour?: string } | { error: string; error_description?: string },
  ) => {
    if ("error" in result) return result;
    const accountId = pairwiseSubject(request.clientId, result.personId);
    const grant = new provider.Grant({ accountId, clientId: request.clientId });
    grant.addOIDCScope(request.scopes.join(" "));
    const grantId = await grant.save();
    if (result.misbehaviour !== undefined) realm.orders.set(grantId, result.misbehaviour);
    return {
      login: { accountId, remember: false, ...(request.acr === undefined ? {} : { acr: request.acr }) },
      consent: { grantId },
    };
  };

  /** Responds as the choice says, or shows the page of the test cards again. */
  const answer = async (
    exchange: Exchange,
    attempt: Attempt,
    { person: personId, response, card }: Omit<Answer, "card"> & { readonly card: CardKind | undefined },
  ): Promise<void> => {
    const person = attempts.wallet(attempt).find(({ id }) => id === personId);
    if (Object.hasOwn(errorResponses, response)) {
      const error_description = errorResponses[response]?.en ?? "";
      return finish(exchange, attempt, { error: response, error_description });
    }
    const { signTransactionId } = attempt.request;
    const order = signTransactionId === undefined ? undefined : findSigningMisbehaviour(response);
    const misbehaviour = findMisbehaviour(response) ?? order;
    if (person === undefined || card === undefined || (misbehaviour === undefined && response !== "normal")) {
      return showTestCard(exchange, attempt, "unknown");
    }
    const circumstances = order?.target === "circumstances" ? order : undefined;
    if (circumstances?.failure !== undefined) {
      return finish(exchange, attempt, failures[circumstances.failure]);
    }
    const kind = circumstances?.card ?? card;
    const signed = await signTransaction(realm, attempt.request, person.id, kind, circumstances);
    if (signed === "over") return finish(exchange, attempt, failures["sign-transaction-expired"]);
    if (signed === "signed-before" && order !== undefined && choosesSigner(order)) {
      return showTestCard(exchange, attempt, "signed-before");
    }
    await finish(exchange, attempt, {
      personId: person.id,
      ...(misbehaviour === undefined ? {} : { misbehaviour: misbehaviour.id }),
    });
  };

  const show: Handler = async (exchange) => {
    const { response, language, url, request } = exchange;
    const attempt = await attemptOf(exchange);
    if (attempt.answer !== undefined && attempt.stage === "waiting") {
      refuseHead(exchange);
      return answer(exchange, attempt, attempt.answer);
    }
    if (realm.mode === "test-card" && attempt.stage === "waiting") {
      return redirect(response, `/authenticate/${attempt.uid}/test-card`);
    }
    if (attempt.phone?.crossDevice === false) return redirect(response, `/phone/${attempt.phone.id}`);
    const asked = url.searchParams.get("device");
    const onPhone = asked === "phone" || (asked !== "computer" && isPhone(request.headers));
    const page =
      onPhone && attempt.stage === "waiting"
        ? openAppPage(view(exchange, attempt))
        : computerPage(view(exchange, attempt));
    sendPage(response, 200, page, { language, leavesSite: true });
  };

  return [
    ["GET", "/authenticate/:uid", show],
    [
      "GET",
      "/authenticate/:uid/status",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        const { uid, outcome } = attempt;
        const ticket = attempts.ticket(attempt);
        const goOn = outcome !== undefined && (!("failure" in outcome) || outcome.failure === "cancelled");
        sendJson(exchange.response, 200, {
          state: computerState(attempt, ticket !== undefined && attempts.hasLapsed(ticket)),
          ...(goOn ? { next: `/authenticate/${uid}/continue` } : {}),
        });
      },
    ],
    [
      "POST",
      "/authenticate/:uid/renew",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        attempts.renewTicket(attempt);
        redirect(exchange.response, `/authenticate/${attempt.uid}?device=computer`);
      },
    ],
    [
      "POST",
      "/authenticate/:uid/open",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        const phone = attempts.openHere(attempt) ? attempt.phone : undefined;
        if (phone === undefined) return redirect(exchange.response, `/authenticate/${attempt.uid}`);
        exchange.response.setHeader("set-cookie", phoneCookie(phone, realm.origin));
        redirect(exchange.response, `/phone/${phone.id}`);
      },
    ],
    [
      "POST",
      "/authenticate/:uid/number",
      async (exchange) => {
        const { request, response, language } = exchange;
        const attempt = await attemptOf(exchange);
        const input = (await readForm(request)).get("number") ?? "";
        const result = attempts.enterNumber(attempt, input);
        if (result === "right" || result === "over") {
          return redirect(response, `/authenticate/${attempt.uid}?device=computer`);
        }
        const message: ComputerMessage =
          result === "wrong" ? { kind: result, left: attempt.numberTries } : { kind: result };
        sendPage(response, 422, computerPage(view(exchange, attempt, message)), {
          language,
          leavesSite: true,
        });
      },
    ],
    [
      "POST",
      "/authenticate/:uid/cancel",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        attempts.cancel(attempt);
        redirect(exchange.response, `/authenticate/${attempt.uid}/continue`);
      },
    ],
    [
      "GET",
      "/authenticate/:uid/continue",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        const { outcome, uid } = attempt;
        if (outcome === undefined) return redirect(exchange.response, `/authenticate/${uid}`);
        if (!("failure" in outcome)) return finish(exchange, attempt, outcome);
        await finish(exchange, attempt, failures[outcome.failure]);
      },
    ],
    [
      "GET",
      "/authenticate/:uid/test-card",
      async (exchange) => showTestCard(exchange, await attemptOf(exchange)),
    ],
    [
      "POST",
      "/authenticate/:uid/test-card",
      async (exchange) => {
        const attempt = await attemptOf(exchange);
        const form = await readForm(exchange.request);
        await answer(exchange, attempt, {
          person: form.get("person") ?? "",
          response: form.get("response") ?? "",
          card: findCardKind(form.get("card") ?? "normal"),
        });
      },
    ],
  ];
}

/** A guess, like that of the service. The page has a link for a wrong guess. */
function isPhone(headers: Exchange["request"]["headers"]): boolean {
  return (
    headers["sec-ch-ua-mobile"] === "?1" ||
    /iPhone|iPad|iPod|Android|Mobile/.test(headers["user-agent"] ?? "")
  );
}
