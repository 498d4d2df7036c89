import type { Quirk } from "../../connector-kit/quirk.ts";

/** What naive code gets wrong with S3 and the stores that speak its protocol. */
export const quirks: readonly Quirk[] = [
  {
    id: "lost-answer-after-write",
    what: "The object is kept and the answer never comes; writing again replaces whatever is there.",
    tests: [
      "s3.put: lose-answer leaves exactly one record",
      "s3.put: fail-after-work leaves exactly one record",
    ],
  },
  {
    id: "plain-write-replaces",
    what: "A PUT without If-None-Match replaces another file under the same key without a word.",
    tests: ["a label that another client wrote first is not written over"],
  },
  {
    id: "taken-key-is-not-success",
    what: "412 says that the key is taken, not that it holds these bytes: a second label may have been bought.",
    tests: [
      "the same label kept twice in the bucket is found, and other bytes under its key are refused",
    ],
  },
  {
    id: "conflict-of-writers",
    what: "Two create-only writes at the same moment can both be answered 409 instead of 200 and 412.",
    tests: ["somebody who writes the same key at this moment is waited for"],
  },
  {
    id: "conditions-not-implemented",
    what: "Older stores answer 501 to a conditional write.",
    tests: ["a store without conditional writes keeps the first label too"],
  },
  {
    id: "conditions-ignored",
    what: "Some stores ignore the condition, answer 200 and replace the file.",
    tests: ["a store that ignores the condition keeps the first label too"],
  },
  {
    id: "checksums-not-implemented",
    what: "The store's own client adds a checksum header to every upload, which other stores answer with 501.",
    tests: ["a store that knows no checksums is told apart and named"],
  },
  {
    id: "object-lock-demands-description",
    what: "A bucket with object lock refuses an upload without Content-MD5 or a checksum.",
    tests: ["a bucket with object lock gets its description of the bytes, new or old"],
  },
  {
    id: "streams-travel-in-chunks",
    what: "A stream is sent in framed chunks, which some stores keep with the frames, and cannot be sent again.",
    tests: ["a label travels as one signed piece, never as a stream in chunks"],
  },
  {
    id: "damaged-on-the-way",
    what: "Bytes that differ from the signed hash are refused as BadDigest or XAmzContentSHA256Mismatch: not for good.",
    tests: ["bytes damaged on their way are not kept and are sent again"],
  },
  {
    id: "links-die",
    what: "A presigned link opens a file for whoever holds it, and dies after a week at the latest.",
    tests: [
      "what the ledger keeps of a file is its key and its hash, never a link that opens it",
      "a link that Ordna mints opens that one file for ten minutes, and stands in no record",
      "a label is shown in the page, under a harmless name, and is never taken for a web page",
    ],
  },
  {
    id: "links-die-with-temporary-credentials",
    what: "A link that was signed with temporary credentials dies with them, however long it says it lasts.",
    cannotApply:
      "Temporary credentials are not supported, and a link is minted when it is asked for, for ten minutes.",
  },
  {
    id: "presigned-upload-of-nothing",
    what: "A presigned upload carries the checksum of an empty body and is refused as BadDigest.",
    cannotApply: "Ordna presigns no uploads: it sends the bytes itself, in one signed request.",
  },
  {
    id: "head-says-nothing",
    what: "A refused HEAD has no body, so a wrong secret looks like a missing file or like nothing at all.",
    tests: ["a wrong secret and an unknown key are the developer's to mend"],
  },
  {
    id: "missing-file-or-missing-right",
    what: "Without the right to list, a missing file is answered 403 instead of 404.",
    tests: ["a file that the key may not read is not called missing"],
  },
  {
    id: "names-outside-ascii",
    what: "A file name in Content-Disposition that is not ASCII arrives garbled unless it is written as RFC 5987 asks.",
    tests: [
      "what Ordna keeps, the store's own client opens, under its real name and checked",
      "the object carries its real name, its checksum and the encryption that was asked for",
    ],
  },
  {
    id: "keys-signed-differently",
    what: "Keys with spaces, letters outside ASCII or ./.. are encoded differently by each signer: refused, or another object.",
    tests: ['the key "a b" never reaches the store', 'the key "å.pdf" never reaches the store'],
  },
  {
    id: "bucket-in-the-host-name",
    what: "AWS wants the bucket in the host name, other stores want it in the path.",
    tests: ["AWS is addressed by the bucket's own host, other stores by path"],
  },
  {
    id: "wrong-region",
    what: "A bucket of another region is answered 400 or 301, which reads like a broken request.",
    tests: ["a bucket in another region is told apart, and waits for the developer"],
  },
  {
    id: "skewed-clock",
    what: "A request that was signed by a clock more than 15 minutes wrong is refused.",
    tests: ["a machine whose clock is an hour wrong still keeps its files"],
  },
  {
    id: "slow-down-is-503",
    what: "A store at its limit answers 503 SlowDown, which reads like an outage after which something may have happened.",
    tests: ["slow-down keeps nothing, is tried again, and says what to do"],
  },
  {
    id: "changed-in-the-bucket",
    what: "Whoever may write the bucket can replace or remove a file later; an ETag does not tell with every encryption.",
    tests: ["a file that changed or vanished in the bucket is never handed on"],
  },
  {
    id: "not-a-pdf",
    what: "A store keeps any bytes under any media type, so a carrier's error page becomes a label.",
    tests: ["a label that is a web page and calls itself a PDF is not kept in the bucket"],
  },
  {
    id: "encryption-asked-for-each-upload",
    what: "A key of one's own (aws:kms) is used only when every upload asks for it or the bucket says so.",
    tests: ["the object carries its real name, its checksum and the encryption that was asked for"],
  },
  {
    id: "kept-for-ever",
    what: "Objects stay until somebody removes them, while labels carry addresses and invoices must be kept for years.",
    cannotApply:
      "How long files stay is the bucket's lifecycle rule; Ordna never removes one. The page says what to set.",
  },
];
