// Labels and invoices in a bucket of S3, or of any store that speaks its protocol.
import type { Action, StoredFile } from "../../connector-kit/action.ts";
import { ActionError } from "../../connector-kit/action-error.ts";
import type { Connector, Wiring } from "../../connector-kit/connector.ts";
import type { Send } from "../../connector-kit/http.ts";
import { storedFileOutput } from "../../connector-kit/outputs.ts";
import type { Files } from "../../connector-kit/roles.ts";
import { createObject, deleteObject, lookIntoBucket, readObject } from "./api.ts";
import { objectKey } from "./object-key.ts";
import { completeOptions, type S3Options } from "./s3-options.ts";
import { type Bucket, presign, sha256 } from "./signed-send.ts";
import { simulateS3 } from "./simulator.ts";
import { uploadHeaders } from "./upload-headers.ts";

/** Long enough to open a file, too short to be worth keeping. */
const linkSeconds = 600;

type Settings = ReturnType<typeof completeOptions>;
type Put = Files["put"] extends Action<infer Input, StoredFile> ? Input : never;

export function s3(options: S3Options): Connector<"files"> {
  const settings = completeOptions(options);
  return {
    role: "files",
    provider: "s3",
    connection: {
      account: `s3:${settings.bucket}`,
      // Ours, far below any store's: a shop writes two small files an order.
      limits: { concurrent: 8 },
      deadlineMs: 30_000,
      maxServerMs: 60_000,
      maxLagMs: 0,
    },
    secrets: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    hosts: { api: settings.endpoint },
    connect: (wiring) => files(settings, wiring),
    check: async (wiring, send) => {
      const bucket = bucketOf(settings, wiring);
      await lookIntoBucket(bucket, send, new Date());
      return `Bucket "${bucket.name}" (${bucket.region}) answers and the key may look into it.`;
    },
    simulate: (kit) => simulateS3(kit, { bucket: settings.bucket, region: settings.region }),
  };
}

function files(settings: Settings, wiring: Wiring): Files {
  const bucket = bucketOf(settings, wiring);
  return {
    put: {
      name: "s3.put",
      connection: wiring.connection,
      output: storedFileOutput,
      // If-None-Match lets only the first write through; a repeat finds its own bytes.
      repeat: { how: "safe" },
      record: (file) => ({ id: file.key }),
      run: async ({ key, document }, call) => {
        const upload = {
          key: objectKey(key, settings.prefix),
          bytes: document.bytes,
          headers: uploadHeaders(document, settings),
        };
        const file = describe({ key, document });
        const result = await createObject(bucket, upload, call.send, call.now());
        if (result === "exists") {
          const there = await readObject(bucket, upload.key, call.send, call.now());
          assertSame(there, file);
        }
        return file;
      },
    },
    open: (file, send) => open(bucket, settings, file, send),
    linkTo: (file, now) =>
      presign(bucket, `/${objectKey(file.key, settings.prefix)}`, {
        seconds: linkSeconds,
        // Whatever a store was told of a file, a browser shows it under its name and never as a page.
        query: {
          "response-content-type": file.mediaType,
          "response-content-disposition": "inline",
        },
        now,
      }),
    remove: (file, send) =>
      deleteObject(bucket, objectKey(file.key, settings.prefix), send, new Date()),
  };
}

async function open(bucket: Bucket, settings: Settings, file: StoredFile, send: Send) {
  const bytes = await readObject(bucket, objectKey(file.key, settings.prefix), send, new Date());
  if (bytes === undefined) {
    const message = `The file ${file.key} is not in bucket "${bucket.name}" any more: restore it.`;
    throw new ActionError("permanent", message, { cause: "request.refused", status: 404 });
  }
  assertSame(bytes, file);
  return bytes;
}

function assertSame(there: Uint8Array | undefined, file: StoredFile): void {
  if (there === undefined) {
    // It vanished between the refused write and our look: the next attempt writes it.
    throw new ActionError("transient", `The file ${file.key} was there and is gone.`, {
      cause: "provider.unexpected_answer",
    });
  }
  if (there.length === file.size && sha256(there, "hex") === file.sha256) return;
  const message = `The store holds something else under ${file.key}: compare the two before you remove one.`;
  throw new ActionError("permanent", message, { cause: "record.exists_differently" });
}

// `send` reads no larger answer: what is kept must be possible to open.
const maxBytes = 10 * 1024 * 1024;

function describe({ key, document }: Put): StoredFile {
  const { fileName, mediaType, bytes } = document;
  if (bytes.length > maxBytes) {
    const message = "The file is larger than 10 MiB and is not kept.";
    throw new ActionError("permanent", message, { cause: "request.refused" });
  }
  return { key, fileName, mediaType, size: bytes.length, sha256: sha256(bytes, "hex") };
}

function bucketOf(settings: Settings, wiring: Wiring): Bucket {
  const base = (wiring.hosts.api ?? settings.endpoint).replace(/\/+$/, "");
  // A bucket cannot become part of a host name that stands in for the store's.
  const isPathStyle =
    settings.forcePathStyle || wiring.connection.simulated || base !== settings.endpoint;
  return {
    name: settings.bucket,
    url: isPathStyle ? `${base}/${settings.bucket}` : base.replace("://", `://${settings.bucket}.`),
    region: settings.region,
    keepsConditions: settings.isAws,
    accessKeyId: wiring.secrets.accessKeyId ?? "",
    secretAccessKey: wiring.secrets.secretAccessKey ?? "",
  };
}
