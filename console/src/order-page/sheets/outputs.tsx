import { TextInput } from "@mantine/core";
import { words } from "../../language/words.ts";

interface OutputsProps {
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  readonly onChange: (values: Readonly<Record<string, string>>) => void;
}

/** What the provider calls the record: "Invoice number". */
export function Outputs({ names, values, onChange }: OutputsProps) {
  const known: Readonly<Record<string, string>> = words().deeds.outputs;
  return names.map((name, index) => (
    <TextInput
      key={name}
      label={known[name] ?? name}
      autoComplete="off"
      data-autofocus={index === 0 ? true : undefined}
      value={values[name] ?? ""}
      onChange={({ currentTarget: { value } }) => onChange({ ...values, [name]: value })}
    />
  ));
}

export const areNamed = (
  names: readonly string[],
  values: Readonly<Record<string, string>>,
): boolean => names.every((name) => (values[name] ?? "").trim() !== "");
