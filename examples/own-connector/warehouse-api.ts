// The warehouse's requests as they are, a schema for every answer, and what every failure means.
import { z } from "zod";
import type { ActionError } from "../../src/connector-kit/action-error.ts";
import {
  bodyText,
  type HttpRequest,
  type HttpResponse,
  readJson,
  type Send,
  statusError,
  unexpectedAnswer,
} from "../../src/connector-kit/http.ts";

export interface WarehouseApi {
  readonly host: string;
  readonly token: string;
  readonly send: Send;
}

export interface NewJob {
  readonly reference: string;
  readonly lines: readonly { readonly item: string; readonly quantity: number }[];
}

export interface Parcel {
  readonly trackingNumber: string;
  readonly invoiceNumber: string;
}

// What is not asked for is not believed, and what we do not need is not asked for.
const job = z.object({ id: z.string().min(1).max(100), reference: z.string() });
const jobs = z.object({ jobs: z.array(job).max(100) });
const me = z.object({ name: z.string().max(200) });

export type Job = z.infer<typeof job>;

export async function createJob(api: WarehouseApi, wanted: NewJob): Promise<Job> {
  const answer = await ask(api, "POST", "/v1/jobs", wanted);
  if (answer.status !== 201) throw refused(answer);
  const made = readJson(answer, job);
  // Another order's job would be packed for the wrong customer.
  if (made.reference !== wanted.reference) throw unexpectedAnswer(answer, "another reference");
  return made;
}

/** All jobs of one order, oldest first. */
export async function findJobs(api: WarehouseApi, reference: string): Promise<readonly Job[]> {
  const answer = await ask(api, "GET", `/v1/jobs?reference=${encodeURIComponent(reference)}`);
  if (answer.status !== 200) throw refused(answer);
  return readJson(answer, jobs).jobs.filter((found) => found.reference === reference);
}

export async function setParcel(api: WarehouseApi, jobId: string, parcel: Parcel): Promise<Job> {
  const answer = await ask(api, "PUT", `/v1/jobs/${encodeURIComponent(jobId)}/parcel`, parcel);
  if (answer.status !== 200) throw refused(answer);
  return readJson(answer, job);
}

export async function whoAmI(api: WarehouseApi): Promise<string> {
  const answer = await ask(api, "GET", "/v1/me");
  if (answer.status !== 200) throw refused(answer);
  return readJson(answer, me).name;
}

function ask(
  { host, token, send }: WarehouseApi,
  method: HttpRequest["method"],
  path: string,
  body?: unknown,
): Promise<HttpResponse> {
  return send({
    method,
    url: host + path,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The usual meaning of its status: 401 our key, 422 refused for good, 429 wait, 5xx may have been done. */
function refused(answer: HttpResponse): ActionError {
  const said = bodyText(answer).slice(0, 200);
  return statusError(answer, `The warehouse answered HTTP ${answer.status}: ${said}`);
}
