// A connected store as the worker sees it.
import { createHash } from "node:crypto";
import type { Document, StoredFile } from "../connector-kit/action.ts";
import { ActionError } from "../connector-kit/action-error.ts";
import type { CustomerLinks } from "../connector-kit/customer-link.ts";
import type { Send } from "../connector-kit/http.ts";
import type { Shelf } from "../worker/shelf.ts";
import type { Store } from "../worker/world.ts";
import type { ConnectedStore } from "./connect-store.ts";
import { customerQuestion } from "./customer-question.ts";
import { orderPage } from "./order-page.ts";

export function workingStore(
  connected: ConnectedStore,
  publicUrl: string,
  links?: CustomerLinks,
): Store {
  const { name, config, roles } = connected;
  const { files } = roles;
  return {
    name,
    payments: roles.payments,
    alerts: roles.alerts,
    staffMail: config.staffMail && {
      ...config.staffMail,
      send: roles.mail.send,
      shopName: config.seller.name,
      timeZone: config.seller.timeZone,
      inboxUrl: `${publicUrl}/`,
    },
    filesAccount: files.put.connection.account,
    pipelines: [
      ...config.pipelines(roles, config.seller),
      ...(links ? [customerQuestion(roles.mail, config.seller, links)] : []),
    ],
    async keep(folder: string, document: Document, send: Send): Promise<StoredFile> {
      // Fetched again after a crash, an invoice may say "paid" by now: it must not meet its older self under one name.
      const content = createHash("sha256").update(document.bytes).digest("hex").slice(0, 16);
      return files.put.run(
        { key: `${folder}/${content}/${document.fileName}`, document },
        {
          reference: "",
          key: folder,
          send,
          keep: refuseNesting,
          open: (file) => files.open(file, send),
          now: () => new Date(),
        },
      );
    },
    open: (file, send) => files.open(file, send),
    linkTo: (reference) => orderPage(publicUrl, reference),
  };
}

/** Where its files lie, for whoever removes them. */
export function shelfOf({ roles }: Pick<ConnectedStore, "roles">): Shelf {
  const { carrier, files } = roles;
  return {
    account: files.put.connection.account,
    isLabel: (action) => action === carrier.label.name,
    remove: (file, send) => files.remove(file, send),
  };
}

async function refuseNesting(): Promise<never> {
  throw new ActionError("permanent", "Files cannot be kept inside files.", {
    cause: "config.invalid",
  });
}
