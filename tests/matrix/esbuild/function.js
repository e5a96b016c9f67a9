import { respond } from "./honnin/six.js";

// A function URL of AWS Lambda.
export async function handler({ rawPath, headers }) {
  const response = await respond(new Request(`https://${headers.host}${rawPath}`, { headers }));
  return { statusCode: response.status, body: await response.text() };
}
