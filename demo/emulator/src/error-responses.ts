import type { Bilingual } from "./types.js";

/** The error responses to choose from (RFC 6749 §4.1.2.1, OIDC Core §3.1.2.6). */
export const errorResponses: Readonly<Record<string, Bilingual>> = {
  access_denied: { ja: "利用者が中止した", en: "The user cancelled" },
  login_required: { ja: "認証が必要", en: "Authentication is required" },
  interaction_required: { ja: "利用者の操作が必要", en: "User interaction is required" },
  consent_required: { ja: "同意が必要", en: "Consent is required" },
  invalid_request: { ja: "リクエストが正しくない", en: "The request is not valid" },
  invalid_scope: { ja: "スコープが正しくない", en: "The scope is not valid" },
  unauthorized_client: { ja: "クライアントに許可されていない", en: "The client is not authorized" },
  server_error: { ja: "サーバーの不具合", en: "Server error" },
  temporarily_unavailable: { ja: "一時的に利用できない", en: "Temporarily unavailable" },
};
