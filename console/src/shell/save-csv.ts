/** A cell that begins like a formula is none: a spreadsheet must not run what a customer wrote. */
export function csvCell(value: string): string {
  const isFormula = /^[=+\-@\t\r]/.test(value) && !/^-?\d+([.,]\d+)?$/.test(value);
  const text = isFormula ? `'${value}` : value;
  return /[";\n\r,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With the mark that tells Excel that it is UTF-8. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\u{FEFF}${rows.map((row) => row.map(csvCell).join(";")).join("\r\n")}\r\n`;
}

export function saveFile(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
