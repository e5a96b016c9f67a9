import { randomUUID } from "node:crypto";
import { answer, answerJson, fail, malformed, oversized, slow } from "./answers.js";
import type { EndpointMisbehaviour } from "./kinds.js";

const htmlPage = "<!doctype html><title>Emulator</title><p>This page is not JSON.</p>";

export const tokenEndpointMisbehaviours: readonly EndpointMisbehaviour[] = [
  {
    id: "token-fail",
    target: "token",
    title: { ja: "トークンエンドポイントが500を返す", en: "The token endpoint returns 500" },
    apply: fail,
  },
  {
    id: "token-slow",
    target: "token",
    title: { ja: "トークンエンドポイントが応答しない", en: "The token endpoint does not respond" },
    apply: slow,
  },
  {
    id: "token-oversized",
    target: "token",
    title: {
      ja: "トークンエンドポイントの応答が大きすぎる",
      en: "The response of the token endpoint is too large",
    },
    apply: oversized,
  },
  {
    id: "token-not-json",
    target: "token",
    title: { ja: "トークンエンドポイントの応答がHTML", en: "The token endpoint returns HTML" },
    apply: (response) => answer(response, 200, "text/html; charset=utf-8", htmlPage),
  },
  {
    id: "token-malformed",
    target: "token",
    title: {
      ja: "トークンエンドポイントのJSONが壊れている",
      en: "The JSON of the token endpoint is malformed",
    },
    apply: malformed,
  },
  {
    id: "token-invalid-grant",
    target: "token",
    title: {
      ja: "トークンエンドポイントがinvalid_grantを返す",
      en: "The token endpoint returns invalid_grant",
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
    title: { ja: "UserInfoのsubが別人", en: "UserInfo has another sub" },
    apply: (response, right) => answerJson(response, 200, { ...right, sub: randomUUID() }),
  },
  {
    id: "userinfo-missing-sub",
    target: "userinfo",
    title: { ja: "UserInfoにsubがない", en: "UserInfo has no sub" },
    apply: (response, { sub: _, ...rest }) => answerJson(response, 200, rest),
  },
  {
    id: "userinfo-malformed",
    target: "userinfo",
    title: { ja: "UserInfoのJSONが壊れている", en: "The JSON of UserInfo is malformed" },
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
    title: { ja: "UserInfoが応答しない", en: "UserInfo does not respond" },
    apply: slow,
  },
  {
    id: "userinfo-fail",
    target: "userinfo",
    title: { ja: "UserInfoが500を返す", en: "UserInfo returns 500" },
    apply: fail,
  },
];
