// Objects of one bucket over HTTP: create-only write, read, a look into the bucket.
import { ActionError } from "../../connector-kit/action-error.ts";
import {
  bodyText,
  type HttpResponse,
  type Send,
  unexpectedAnswer,
} from "../../connector-kit/http.ts";
import { answerError, errorCode, lacksConditionalWrites } from "./s3-error.ts";
import { type Bucket, type S3Request, signedSend } from "./signed-send.ts";

export interface Upload {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** "exists": another object, or an earlier attempt's, is there under the key; nothing was written. */
export async function createObject(
  bucket: Bucket,
  upload: Upload,
  send: Send,
  now: Date,
): Promise<"created" | "exists"> {
  const headers = { ...upload.headers, "if-none-match": "*" };
  const path = `/${upload.key}`;
  const request: S3Request = { method: "PUT", path, headers, body: upload.bytes };
  // Some stores do not refuse the condition, they ignore it, and the write would replace another file.
  if (!bucket.keepsConditions && (await isThere(bucket, upload.key, send, now))) return "exists";
  const answer = await signedSend(bucket, request, send, now);
  if (answer.status === 412) return "exists";
  if (!lacksConditionalWrites(answer)) return written(answer, bucket);
  // A store without conditional writes: look, then write. Between the two, only the same file could come under the
  // same key, because keys are derived from the order and one worker at a time runs a step.
  if (await isThere(bucket, upload.key, send, now)) return "exists";
  const plain: S3Request = { ...request, headers: upload.headers };
  return written(await signedSend(bucket, plain, send, now), bucket);
}

async function isThere(bucket: Bucket, key: string, send: Send, now: Date): Promise<boolean> {
  return (await readObject(bucket, key, send, now)) !== undefined;
}

function written(answer: HttpResponse, bucket: Bucket): "created" {
  if (answer.status !== 200) throw answerError(answer, bucket.name);
  // Every store names the ETag of what it keeps; a proxy's friendly page does not.
  if (!answer.headers.etag) throw unexpectedAnswer(answer, "it names no ETag");
  return "created";
}

/** The bytes, or undefined when there is no such object. */
export async function readObject(
  bucket: Bucket,
  key: string,
  send: Send,
  now: Date,
): Promise<Uint8Array | undefined> {
  const answer = await signedSend(bucket, { method: "GET", path: `/${key}` }, send, now);
  if (errorCode(answer) === "NoSuchKey") return undefined;
  if (answer.status !== 200) throw answerError(answer, bucket.name);
  if (!answer.headers.etag) throw unexpectedAnswer(answer, "it names no ETag");
  return answer.body;
}

/** S3 answers 204 whether there was such an object or not: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export async function deleteObject(
  bucket: Bucket,
  key: string,
  send: Send,
  now: Date,
): Promise<void> {
  const answer = await signedSend(bucket, { method: "DELETE", path: `/${key}` }, send, now);
  if (answer.status === 204 || errorCode(answer) === "NoSuchKey") return;
  throw answerError(answer, bucket.name);
}

/** Lists at most one object, which proves the key, the bucket and the region. */
export async function lookIntoBucket(bucket: Bucket, send: Send, now: Date): Promise<void> {
  const path = "?list-type=2&max-keys=1";
  const answer = await signedSend(bucket, { method: "GET", path }, send, now);
  if (errorCode(answer) === "AccessDenied") {
    const message = `The key may not list bucket "${bucket.name}": allow s3:ListBucket, which only this check needs.`;
    throw new ActionError("transient", message, { cause: "auth.refused", status: answer.status });
  }
  if (answer.status !== 200) throw answerError(answer, bucket.name);
  if (!bodyText(answer).includes("<ListBucketResult")) {
    throw unexpectedAnswer(answer, "it is not a list of objects");
  }
}
