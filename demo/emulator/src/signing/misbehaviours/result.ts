import { answer, answerJson, fail, malformed, oversized, slow } from "../../misbehaviours/answers.js";
import type { WrongAnswer } from "../../misbehaviours/kinds.js";
import type { ResultMisbehaviour } from "./kinds.js";

/** Sends the headers and half of the body, then closes the connection. */
const dropped: WrongAnswer = (response, right) => {
  const body = Buffer.from(JSON.stringify(right));
  response.writeHead(200, { "content-type": "application/json", "content-length": body.length });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
};

export const resultMisbehaviours: readonly ResultMisbehaviour[] = [
  {
    id: "sign-result-oversized",
    target: "result",
    title: { ja: "結果の応答が大きすぎる", en: "The response with the result is too large" },
    apply: oversized,
  },
  {
    id: "sign-result-malformed",
    target: "result",
    title: { ja: "結果の応答のJSONが壊れている", en: "The response with the result is malformed JSON" },
    apply: malformed,
  },
  {
    id: "sign-result-not-json",
    target: "result",
    title: { ja: "結果の応答がHTML", en: "The response with the result is HTML" },
    apply: (response) =>
      answer(response, 200, "text/html; charset=utf-8", "<!doctype html><title>Emulator</title>"),
  },
  {
    id: "sign-result-missing",
    target: "result",
    title: { ja: "応答にresultがない", en: "The response has no result" },
    apply: (response) => answerJson(response, 200, {}),
  },
  {
    id: "sign-result-fail",
    target: "result",
    title: { ja: "結果のエンドポイントが500を返す", en: "The result endpoint returns 500" },
    apply: fail,
  },
  {
    id: "sign-result-not-found",
    target: "result",
    title: { ja: "結果のエンドポイントが404を返す", en: "The result endpoint returns 404" },
    apply: (response) => answerJson(response, 404, { error: "not_found" }),
  },
  {
    id: "sign-result-slow",
    target: "result",
    title: { ja: "結果のエンドポイントが応答しない", en: "The result endpoint does not respond" },
    apply: slow,
  },
  {
    id: "sign-result-dropped",
    target: "result",
    title: { ja: "応答の途中で接続が切れる", en: "The connection breaks in the middle of the response" },
    apply: dropped,
  },
];
