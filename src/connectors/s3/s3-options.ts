import { z } from "zod";
import type { Secret } from "../../connector-kit/connector.ts";

export interface S3Options {
  readonly bucket: string;
  /** "eu-north-1"; some stores want "auto". */
  readonly region: string;
  /** The store's base URL without the bucket. Default: AWS in `region`. */
  readonly endpoint?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. Default: true for an own `endpoint`. */
  readonly forcePathStyle?: boolean;
  /** Default: `secret("S3_ACCESS_KEY_ID")`. */
  readonly accessKeyId?: Secret;
  /** Default: `secret("S3_SECRET_ACCESS_KEY")`. */
  readonly secretAccessKey?: Secret;
  /** A folder in the bucket that holds everything, e.g. "ordna". */
  readonly prefix?: string;
  /**
   * What describes the bytes of an upload. "when_supported": `x-amz-checksum-sha256`, which AWS knows and other stores
   * may refuse. "when_required": the old Content-MD5. Default: "when_supported" on AWS, "when_required" at an own `endpoint`.
   */
  readonly checksums?: "when_required" | "when_supported";
  readonly serverSideEncryption?: "AES256" | "aws:kms";
}

const secretSchema = z.strictObject({ env: z.string().min(1) });

const optionsSchema = z.strictObject({
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
    error: "a bucket name has 3 to 63 lower-case letters, digits, dots and hyphens",
  }),
  region: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, { error: 'write the region like "eu-north-1", or "auto"' }),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'write the whole URL, like "https://s3.example.com"' })
    .optional(),
  forcePathStyle: z.boolean().optional(),
  accessKeyId: secretSchema.optional(),
  secretAccessKey: secretSchema.optional(),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,50}(\/[A-Za-z0-9_-]{1,50}){0,5}$/, {
      error: 'write the folder like "ordna/files": letters, digits, - and _, no slash at the ends',
    })
    .optional(),
  checksums: z.enum(["when_required", "when_supported"]).optional(),
  serverSideEncryption: z.enum(["AES256", "aws:kms"]).optional(),
});

/** The options with their defaults filled in; throws a sentence for the author of the configuration. */
export function completeOptions(
  options: S3Options,
): Required<Omit<S3Options, Optional>> & S3Options & { readonly isAws: boolean } {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`s3({ ${issue?.path.join(".")} }): ${issue?.message}.`);
  }
  const isOwnStore = options.endpoint !== undefined;
  const forcePathStyle = options.forcePathStyle ?? isOwnStore;
  if (!forcePathStyle && options.bucket.includes(".")) {
    throw new Error("s3({ bucket }): a name with dots needs forcePathStyle: true, because of TLS.");
  }
  return {
    ...options,
    isAws: !isOwnStore,
    endpoint: (options.endpoint ?? `https://s3.${options.region}.amazonaws.com`).replace(
      /\/+$/,
      "",
    ),
    forcePathStyle,
    accessKeyId: options.accessKeyId ?? { env: "S3_ACCESS_KEY_ID" },
    secretAccessKey: options.secretAccessKey ?? { env: "S3_SECRET_ACCESS_KEY" },
    checksums: options.checksums ?? (isOwnStore ? "when_required" : "when_supported"),
  };
}

type Optional = "prefix" | "serverSideEncryption";
