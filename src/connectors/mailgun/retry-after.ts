import { bodyText, type HttpResponse, retryAfter } from "../../connector-kit/http.ts";

const maxMs = 24 * 3600_000;

/**
 * How long Mailgun asks us to wait. It documents no Retry-After; the time stands in its sentence,
 * in two ways.
 */
export function retryAfterOf(response: HttpResponse, now: Date): number | undefined {
  const text = bodyText(response).slice(0, 2000);
  const seconds =
    /try again after (\d{1,7}) seconds?/i.exec(text)?.[1] ??
    /"retry-seconds"\s*:\s*(\d{1,7})/.exec(text)?.[1];
  if (seconds !== undefined) return Math.min(Number(seconds) * 1000, maxMs);
  const date = /try again after (\w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} [\w+-]{1,5})/i.exec(text)?.[1];
  const ms = date === undefined ? Number.NaN : Date.parse(date) - now.getTime();
  if (!Number.isNaN(ms)) return Math.min(Math.max(ms, 0), maxMs);
  return retryAfter(response.headers["retry-after"], now.getTime());
}
