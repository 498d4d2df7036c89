// The template store: names are down-cased, one version is active, at most 40 versions.
import { createHash } from "node:crypto";
import type { Collection } from "../../connector-kit/simulator.ts";
import { mailgunDate, says } from "./simulated-answer.ts";
import { renderHandlebars } from "./simulated-handlebars.ts";

interface StoredVersion {
  tag: string;
  template: string;
  comment: string;
  createdAt: string;
  active: boolean;
}

interface StoredTemplate {
  name: string;
  description: string;
  createdAt: string;
  versions: StoredVersion[];
}

const maxVersions = 40;

export class TemplateStore {
  readonly #templates: Collection<StoredTemplate>;
  readonly #now: () => Date;

  constructor(templates: Collection<StoredTemplate>, now: () => Date) {
    this.#templates = templates;
    this.#now = now;
  }

  /** The named or the active version. */
  find(name: string, tag: string | undefined): StoredVersion | undefined {
    const template = this.#templates.get(name.toLowerCase());
    return template?.versions.find((v) => (tag ? v.tag === tag : v.active));
  }

  seed(name: string, tag: string, template: string): void {
    const createdAt = mailgunDate(this.#now());
    const version = { tag, template, comment: "", createdAt, active: true };
    this.#templates.set(name, { name, description: "", createdAt, versions: [version] });
  }

  /** `path` is what follows `/v3/{domain}/templates`. */
  async handle(request: Request, path: readonly string[]): Promise<Response> {
    const [name, versions, tag] = path;
    const { method } = request;
    if (name === undefined) {
      if (method === "POST") return this.#create(await request.formData());
      return Response.json({ items: this.#templates.values().map((t) => describe(t)) });
    }
    const template = this.#templates.get(name.toLowerCase());
    if (!template) return says(404, "template not found");
    if (versions === undefined && method === "GET") {
      const isActiveWanted = new URL(request.url).searchParams.get("active") === "yes";
      const active = isActiveWanted ? template.versions.find((v) => v.active) : undefined;
      return Response.json({ template: describe(template, active) });
    }
    if (versions !== "versions") return says(404, "not found");
    if (tag === undefined && method === "POST") {
      return this.#addVersion(template, await request.formData());
    }
    const version = template.versions.find((v) => v.tag === tag);
    if (!version) return says(404, "template version not found");
    if (method === "PUT") return this.#updateVersion(template, version, await request.formData());
    return Response.json({ template: describe(template, version) });
  }

  #create(form: FormData): Response {
    const name = textField(form, "name").toLowerCase();
    if (!name) return says(400, "simulated: name is missing");
    if (this.#templates.get(name)) return says(400, "simulated: a template of this name exists");
    const content = textField(form, "template");
    const why = whyNotCompiled(content);
    if (why) return says(400, why);
    const template: StoredTemplate = {
      name,
      description: textField(form, "description"),
      createdAt: mailgunDate(this.#now()),
      versions: content ? [this.#newVersion(form, content, true)] : [],
    };
    this.#templates.set(name, template);
    const body = describe(template, template.versions[0]);
    return Response.json({ message: "template has been stored", template: body });
  }

  #addVersion(template: StoredTemplate, form: FormData): Response {
    const content = textField(form, "template");
    const tag = textField(form, "tag");
    if (!tag || !content) return says(400, "simulated: tag and template are required");
    if (template.versions.some((v) => v.tag === tag)) {
      return says(400, "simulated: a version with this tag exists");
    }
    if (template.versions.length >= maxVersions) return says(400, "simulated: too many versions");
    const why = whyNotCompiled(content);
    if (why) return says(400, why);
    const isActive = template.versions.length === 0 || textField(form, "active") === "yes";
    const version = this.#newVersion(form, content, isActive);
    const others = template.versions.map((v) => (isActive ? { ...v, active: false } : v));
    this.#templates.set(template.name, { ...template, versions: [...others, version] });
    const message = "new version of the template has been stored";
    return Response.json({ message, template: describe(template, version) });
  }

  #updateVersion(template: StoredTemplate, version: StoredVersion, form: FormData): Response {
    const isActive = textField(form, "active") === "yes";
    const versions = template.versions.map((v) => {
      if (v.tag !== version.tag) return isActive ? { ...v, active: false } : v;
      const content = textField(form, "template") || v.template;
      return { ...v, template: content, active: isActive || v.active };
    });
    this.#templates.set(template.name, { ...template, versions });
    const body = { name: template.name, version: { tag: version.tag } };
    return Response.json({ message: "version has been updated", template: body });
  }

  #newVersion(form: FormData, template: string, active: boolean): StoredVersion {
    const tag = textField(form, "tag") || "initial";
    const comment = textField(form, "comment");
    return { tag, template, comment, createdAt: mailgunDate(this.#now()), active };
  }
}

function describe(template: StoredTemplate, version?: StoredVersion) {
  const { name, description, createdAt } = template;
  const plain = { name, description, createdAt, createdBy: "", id: uuid(name) };
  if (!version) return plain;
  const id = uuid(`${name}:${version.tag}`);
  return { ...plain, version: { ...version, engine: "handlebars", mjml: "", id, headers: {} } };
}

function whyNotCompiled(template: string): string | undefined {
  try {
    renderHandlebars(template, {});
    return undefined;
  } catch (thrown) {
    return `simulated: template does not compile: ${thrown instanceof Error ? thrown.message : ""}`;
  }
}

export function textField(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}

function uuid(seed: string): string {
  const hex = createHash("sha256").update(seed).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}
