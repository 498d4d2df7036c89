import { NativeSelect } from "@mantine/core";
import { useConfiguration } from "../api/use-configuration.ts";
import { words } from "../language/words.ts";

interface StoreChoiceProps {
  /** Null: every store. */
  readonly value: readonly string[] | null;
  readonly onChange: (stores: readonly string[] | null) => void;
}

/** All stores, or one of them; several are kept as they are until another choice is made. */
export function StoreChoice({ value, onChange }: StoreChoiceProps) {
  const { settings: say } = words();
  const stores = useConfiguration().data?.stores.map(({ store }) => store) ?? [];
  const several = value !== null && value.length > 1 ? [value.join(", ")] : [];
  return (
    <NativeSelect
      label={say.stores}
      value={value === null ? "" : value.join(", ")}
      onChange={({ currentTarget: { value: chosen } }) =>
        onChange(chosen === "" ? null : chosen.split(", "))
      }
      data={[
        { value: "", label: say.allStores },
        ...[...several, ...stores].map((name) => ({ value: name, label: name })),
      ]}
    />
  );
}
