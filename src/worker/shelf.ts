import type { StoredFile } from "../connector-kit/action.ts";
import type { Send } from "../connector-kit/http.ts";

/** Where one store's files lie, as whoever removes them sees it. */
export interface Shelf {
  /** The files' provider account. */
  readonly account: string;
  /** Whether this action makes labels; all other files are vouchers. */
  isLabel(action: string): boolean;
  remove(file: StoredFile, send: Send): Promise<void>;
}
