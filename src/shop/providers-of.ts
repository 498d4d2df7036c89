import { type ConnectedStore, roleNames } from "./connect-store.ts";

/** Who plays which part, for the page. */
export function providersOf(stores: readonly ConnectedStore[]) {
  return stores.flatMap((store) =>
    roleNames.map((role) => {
      const { provider, simulated } = store.wirings[role].connection;
      return { store: store.name, role, provider, isSimulated: simulated };
    }),
  );
}
