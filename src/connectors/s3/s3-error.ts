// What the store's refusals mean. Sources: README.md, "Answers".
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { ActionError } from "../../connector-kit/action-error.ts";
import { bodyText, type HttpResponse, retryAfter, statusError } from "../../connector-kit/http.ts";

// The body is the store's own text, never a place for entities.
const xml = new XMLParser({ processEntities: false, parseTagValue: false });
const maxErrorBytes = 64 * 1024;

const errorSchema = z.object({
  Error: z.object({ Code: z.string().max(100), Message: z.string().max(2000).optional() }),
});

function readError(response: HttpResponse): { code?: string; message?: string | undefined } {
  if (response.status < 300 || response.body.length > maxErrorBytes) return {};
  try {
    const { Error: error } = errorSchema.parse(xml.parse(bodyText(response)));
    return { code: error.Code, message: error.Message };
  } catch {
    // Not the store's XML, perhaps a proxy's page: then only the status speaks.
    return {};
  }
}

/** "NoSuchBucket", when the answer is the store's error. */
export function errorCode(response: HttpResponse): string | undefined {
  return readError(response).code;
}

/** True when the store does not know If-None-Match, so that nothing was written. */
export function lacksConditionalWrites(response: HttpResponse): boolean {
  return response.status === 501 && !/checksum/i.test(bodyText(response));
}

/** What a developer has to mend, by the store's code. Nothing was done. */
function refusal(code: string | undefined, bucket: string): string | undefined {
  switch (code) {
    case "SignatureDoesNotMatch":
      return "The secret access key is wrong for this access key id.";
    case "InvalidAccessKeyId":
      return "The access key id does not exist at this store.";
    case "AccessDenied":
      return `The key may not do this: allow s3:PutObject, s3:GetObject and s3:DeleteObject on bucket "${bucket}".`;
    case "RequestTimeTooSkewed":
      return "The clock of this machine is wrong by more than 15 minutes: set it.";
    case "NoSuchBucket":
      return `There is no bucket "${bucket}" here: create it, or correct bucket, region or endpoint.`;
    case "AuthorizationHeaderMalformed":
    case "PermanentRedirect":
      return `Bucket "${bucket}" is not in this region: correct region or endpoint.`;
  }
}

/** Any answer but the one hoped for, as an error with its verdict. */
export function answerError(response: HttpResponse, bucket: string): ActionError {
  const { code, message } = readError(response);
  const { status } = response;
  const sentence = refusal(code, bucket);
  if (sentence) return new ActionError("transient", sentence, { cause: "auth.refused", status });
  switch (code) {
    case "SlowDown": {
      const retryAfterMs = retryAfter(response.headers["retry-after"]);
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
      const cause = "provider.rate_limited";
      return new ActionError("transient", "The store asks us to slow down.", {
        cause,
        status,
        ...wait,
      });
    }
    case "ConditionalRequestConflict":
      return new ActionError("transient", "Somebody writes the same file at this moment.", {
        cause: "provider.rate_limited",
        status,
      });
    case "BadDigest":
    case "XAmzContentSHA256Mismatch":
    case "IncompleteBody":
      return new ActionError("transient", "The file was damaged on its way and was not kept.", {
        cause: "provider.unexpected_answer",
        status,
      });
    case "NotImplemented": {
      const advice = 'try checksums: "when_required" or leave out serverSideEncryption';
      const said = `The store lacks what we ask for (${message ?? "no reason given"}): ${advice}.`;
      return new ActionError("permanent", said, { cause: "request.refused", status });
    }
  }
  const said = code ? `${code}: ${message ?? ""}`.slice(0, 500) : "no reason given";
  return statusError(response, `The store answered HTTP ${status} (${said}).`);
}
