// What naive code gets wrong with VIES, and the tests that show how Ordna takes it.
import type { Quirk } from "../../connector-kit/quirk.ts";

export const quirks: readonly Quirk[] = [
  {
    id: "unknown-is-not-invalid",
    what: "A state's register that is away or busy says nothing of the number.",
    tests: [
      "MS_UNAVAILABLE is neither valid nor invalid: the order waits",
      "MS_MAX_CONCURRENT_REQ is neither valid nor invalid: the order waits",
    ],
  },
  {
    id: "outage-as-invalid",
    what: "A busy state may come as valid: false with a userError, and HTTP 200.",
    tests: ["a busy state that VIES reports as valid: false is no invalid number"],
  },
  {
    id: "errors-are-200",
    what: "Errors come with HTTP 200 and errorWrappers in the body.",
    tests: ["SERVICE_UNAVAILABLE is neither valid nor invalid: the order waits"],
  },
  {
    id: "proof-needs-requester",
    what: "Without the asker's own number there is no request identifier, and so no proof.",
    tests: ["a yes without a request identifier is kept, but proves nothing"],
  },
  {
    id: "dashes-for-nothing",
    what: "States that tell no name or address write dashes.",
    tests: ["a state that tells no name leaves name and address out of the proof"],
  },
];
