// Which addresses belong to the EU's VAT area. Source: European Commission, "Territorial scope".

const members = new Set(
  "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK".split(" "),
);

/** Parts of member states that are outside the VAT area, by the beginning of the postal code. */
const outside: Readonly<Record<string, RegExp>> = {
  FI: /^22\d{3}/, // Åland
  ES: /^(35|38|51|52)\d{3}/, // Canary Islands, Ceuta, Melilla
  DE: /^(78266|27498)/, // Büsingen, Heligoland
  IT: /^(23041|22061)/, // Livigno, Campione d'Italia
  GR: /^6308[67]/, // Mount Athos
  FR: /^(97[1-8]|98[678])/, // overseas
};

export function isInEuVatArea(country: string, postalCode?: string): boolean {
  if (!members.has(country)) return false;
  const digits = (postalCode ?? "").replace(/\s/g, "");
  return !outside[country]?.test(digits);
}
