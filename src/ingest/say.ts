/** A few words to a program. Should a browser be shown them, they may do nothing in it. */
export function say(status: number, text: string, headers: Record<string, string> = {}): Response {
  return new Response(`${text}\n`, { status, headers: { ...plain, ...headers } });
}

const plain = {
  "content-type": "text/plain",
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
};
