/** The store says no: a status and its XML body. */
export class SimulatedRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  toXml(requestId: string): string {
    const details = Object.entries(this.details).map(([name, value]) => element(name, value));
    const inside = [
      element("Code", this.code),
      element("Message", this.message),
      ...details,
      element("RequestId", requestId),
    ];
    return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inside.join("")}</Error>`;
  }
}

export function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

const entities: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
  "'": "&apos;",
};

const escapeXml = (text: string) => text.replace(/[<>&"']/g, (c) => entities[c] ?? c);
