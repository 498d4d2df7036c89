// Mailgun's ways to say no.
export const says = (status: number, message: string) => Response.json({ message }, { status });

/** Plain text, unlike every other refusal. */
export const forbidden = () =>
  new Response("Forbidden", { status: 401, headers: { "content-type": "text/plain" } });

/** "Mon, 23 Nov 2026 12:00:00 UTC" */
export const mailgunDate = (date: Date) => date.toUTCString().replace("GMT", "UTC");
