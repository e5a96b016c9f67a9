import { randomUUID } from "node:crypto";
import { answer, answerJson, fail, malformed, oversized, slow } from "./answers.js";
import type { EndpointMisbehaviour } from "./kinds.js";

const htmlPage = "<!doctype html><title>Emulator</title><p>This page is not JSON.</p>";

export const tokenEndpointMisbehaviours: readonly EndpointMisbehaviour[] = [
  {
    id: "token-fail",
    target: "token",
    title: { ja: "トークンエンドポイントが500を返す", en: "The token endpoint answers 500" },
    apply: fail,
  },
  {
    id: "token-slow",
    target: "token",
    title: { ja: "トークンエンドポイントが応答しない", en: "The token endpoint never answers" },
    apply: slow,
  },
  {
    id: "token-oversized",
    target: "token",
    title: { ja: "トークンエンドポイントの応答が大きすぎる", en: "The response of the token endpoint is too large" },
    apply: oversized,
  },
  {
    id: "token-not-json",
    target: "token",
    title: { ja: "トークンエンドポイントの応答がHTML", en: "The token endpoint answers with HTML" },
    apply: (response) => answer(response, 200, "text/html; charset=utf-8", htmlPage),
  },
  {
    id: "token-malformed",
    target: "token",
    title: { ja: "トークンエンドポイントのJSONが壊れている", en: "The token endpoint's JSON is broken" },
    apply: malformed,
  },
  {
    id: "token-invalid-grant",
    target: "token",
    title: {
      ja: "トークンエンドポイントがinvalid_grantを返す",
      en: "The token endpoint answers invalid_grant",
    },
    apply: (response) =>
      answerJson(response, 400, { error: "invalid_grant", error_description: "Code not valid" }),
  },
  {
    id: "token-missing-access-token",
    target: "token",
    title: { ja: "応答にaccess_tokenがない", en: "The response has no access_token" },
    apply: (response, { access_token: _, ...rest }) => answerJson(response, 200, rest),
  },
  {
    id: "token-wrong-type",
    target: "token",
    title: { ja: "応答のtoken_typeがBearerではない", en: "The response's token_type is not Bearer" },
    apply: (response, right) => answerJson(response, 200, { ...right, token_type: "mac" }),
  },
];

export const userinfoMisbehaviours: readonly EndpointMisbehaviour[] = [
  {
    id: "userinfo-other-sub",
    target: "userinfo",
    title: { ja: "UserInfoのsubが別人", en: "UserInfo carries another sub" },
    apply: (response, right) => answerJson(response, 200, { ...right, sub: randomUUID() }),
  },
  {
    id: "userinfo-missing-sub",
    target: "userinfo",
    title: { ja: "UserInfoにsubがない", en: "UserInfo carries no sub" },
    apply: (response, { sub: _, ...rest }) => answerJson(response, 200, rest),
  },
  {
    id: "userinfo-malformed",
    target: "userinfo",
    title: { ja: "UserInfoのJSONが壊れている", en: "UserInfo's JSON is broken" },
    apply: malformed,
  },
  {
    id: "userinfo-oversized",
    target: "userinfo",
    title: { ja: "UserInfoが大きすぎる", en: "UserInfo is too large" },
    apply: oversized,
  },
  {
    id: "userinfo-slow",
    target: "userinfo",
    title: { ja: "UserInfoが応答しない", en: "UserInfo never answers" },
    apply: slow,
  },
  {
    id: "userinfo-fail",
    target: "userinfo",
    title: { ja: "UserInfoが500を返す", en: "UserInfo answers 500" },
    apply: fail,
  },
];
