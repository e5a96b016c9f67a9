import { randomBytes } from "node:crypto";
import type { AuthorizationMisbehaviour } from "./kinds.js";

export const authorizationMisbehaviours: readonly AuthorizationMisbehaviour[] = [
  {
    id: "response-wrong-state",
    target: "authorization-response",
    title: { ja: "認可応答のstateが違う", en: "Wrong state in the authorization response" },
    apply: (callback) => {
      callback.searchParams.set("state", randomBytes(32).toString("base64url"));
      return callback.href;
    },
  },
  {
    id: "response-missing-state",
    target: "authorization-response",
    title: { ja: "認可応答にstateがない", en: "No state in the authorization response" },
    apply: (callback) => {
      callback.searchParams.delete("state");
      return callback.href;
    },
  },
  {
    id: "response-wrong-issuer",
    target: "authorization-response",
    title: { ja: "認可応答のissが違う", en: "Wrong iss in the authorization response" },
    apply: (callback) => {
      callback.searchParams.set("iss", "https://other-issuer.example/api/realms/main");
      return callback.href;
    },
  },
  {
    id: "response-missing-code",
    target: "authorization-response",
    title: { ja: "認可応答にcodeがない", en: "No code in the authorization response" },
    apply: (callback) => {
      callback.searchParams.delete("code");
      return callback.href;
    },
  },
  {
    id: "response-duplicate-code",
    target: "authorization-response",
    title: { ja: "認可応答にcodeが2つある", en: "Two codes in the authorization response" },
    apply: (callback) => {
      callback.searchParams.append("code", randomBytes(32).toString("base64url"));
      return callback.href;
    },
  },
];
