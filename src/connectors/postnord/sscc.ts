// Serial shipping container codes, as PostNord numbers parcels.

/** "00", an extension digit, a company prefix, `serial`, and the check digit: 20 digits. */
export function sscc(serial: number): string {
  const body = `37350045${serial.toString().padStart(9, "0")}`;
  return `00${body}${checkDigit(body)}`;
}

/** GS1: weights 3 and 1 from the right; what is missing to the next ten. */
export function checkDigit(digits: string): number {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}
