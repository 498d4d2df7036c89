interface SelectBoxProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly onToggle: () => void;
}

/** A plain box: there is one for every row. */
export function SelectBox({ label, isSelected, onToggle }: SelectBoxProps) {
  return (
    <label className="select-box">
      <input type="checkbox" checked={isSelected} onChange={onToggle} title="x" />
      <span className="visually-hidden">{label}</span>
    </label>
  );
}
