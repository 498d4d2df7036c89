// Places that an address shows under one country and that VAT treats otherwise.
// Source: European Commission, "Territorial scope"; Directive 2006/112/EC, Art. 6 and 7.

export const euStates: ReadonlySet<string> = new Set(
  "AT BE BG HR CY CZ DE DK EE ES FI FR GR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
);

/** In these countries the postal code decides, so it must be there and in this form. */
export const decidingPostcode: Readonly<Record<string, RegExp>> = {
  CH: /^\d{4}$/,
  CY: /^\d{4,5}$/,
  DE: /^\d{5}$/,
  DK: /^\d{3,4}$/,
  ES: /^(0[1-9]|[1-4]\d|5[0-2])\d{3}$/,
  FI: /^\d{5}$/,
  FR: /^(0[1-9]|[1-8]\d|9[0-5]|97[1-8]|98[0-8])\d+$/,
  // BF is the forces' post: it says nothing of the country.
  GB: /^(?!BF)[A-Z]{1,2}\d[A-Z\d]*$/,
  GR: /^\d{5}$/,
  IT: /^\d{5}$/,
  NO: /^\d{4}$/,
  PT: /^\d{4}(\d{3})?$/,
};

/** By country, the first match wins. A code without its country's VAT stands for a place outside. */
export const postcodePlaces: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  CH: [
    [/^(948[5-9]|949[0-8])$/, "LI"],
    [/^8238$/, "DE-BUESINGEN"],
    [/^6911$/, "IT-CAMPIONE"],
  ],
  CY: [[/^99\d{2,3}$/, "CY-NORTH"]],
  DE: [
    [/^78266$/, "DE-BUESINGEN"],
    [/^27498$/, "DE-HELGOLAND"],
  ],
  DK: [
    [/^[1-9]\d{2}$/, "FO"],
    [/^39\d{2}$/, "GL"],
  ],
  ES: [
    [/^(35|38)/, "ES-CN"],
    [/^51/, "ES-CE"],
    [/^52/, "ES-ML"],
  ],
  FI: [[/^22/, "AX"]],
  FR: [
    [/^(97133|977)/, "FR-BL"],
    [/^(97150|978)/, "FR-MF"],
    [/^971/, "FR-GP"],
    [/^972/, "FR-MQ"],
    [/^973/, "FR-GF"],
    [/^974/, "FR-RE"],
    [/^975/, "FR-PM"],
    [/^976/, "FR-YT"],
    [/^984/, "FR-TF"],
    [/^986/, "FR-WF"],
    [/^987/, "FR-PF"],
    [/^988/, "FR-NC"],
    [/^980/, "FR"],
  ],
  GB: [
    [/^BT/, "XI"],
    [/^IM/, "IM"],
    [/^JE/, "JE"],
    [/^GY/, "GG"],
    [/^GX/, "GI"],
  ],
  GR: [[/^6308[67]$/, "GR-69"]],
  IT: [
    [/^23041$/, "IT-LIVIGNO"],
    [/^22061$/, "IT-CAMPIONE"],
    [/^4789\d$/, "SM"],
    [/^00120$/, "VA"],
  ],
  NO: [[/^(917\d|8099)$/, "SJ"]],
  PT: [
    [/^9[0-4]/, "PT-30"],
    [/^9[5-9]/, "PT-20"],
  ],
  TR: [[/^99/, "CY-NORTH"]],
};

/** Country codes of their own: the code of the place, and the form its postal code must have if there is one. */
export const ownCodes: Readonly<Record<string, readonly [code: string, postcode: RegExp]>> = {
  AD: ["AD", /^(AD)?\d{3}$/],
  AX: ["AX", /^22\d{3}$/],
  BL: ["FR-BL", /^(97133|977\d\d)$/],
  FO: ["FO", /^\d{3}$/],
  GF: ["FR-GF", /^973\d\d$/],
  GG: ["GG", /^GY/],
  GI: ["GI", /^GX11/],
  GL: ["GL", /^39\d\d$/],
  GP: ["FR-GP", /^971\d\d$/],
  IC: ["ES-CN", /^(35|38)\d{3}$/],
  IM: ["IM", /^IM\d/],
  JE: ["JE", /^JE\d/],
  LI: ["LI", /^(948[5-9]|949[0-8])$/],
  MC: ["FR", /^980\d\d$/],
  MF: ["FR-MF", /^(97150|978\d\d)$/],
  MQ: ["FR-MQ", /^972\d\d$/],
  NC: ["FR-NC", /^988\d\d$/],
  PF: ["FR-PF", /^987\d\d$/],
  PM: ["FR-PM", /^975\d\d$/],
  RE: ["FR-RE", /^974\d\d$/],
  SJ: ["SJ", /^(917\d|8099)$/],
  SM: ["SM", /^4789\d$/],
  TF: ["FR-TF", /^984\d\d$/],
  VA: ["VA", /^00120$/],
  WF: ["FR-WF", /^986\d\d$/],
  XI: ["XI", /^BT\d/],
  YT: ["FR-YT", /^976\d\d$/],
};

/** Names that stand for one place only, so that a postal code of another place contradicts them. */
export const telltaleCities: Readonly<Record<string, string>> = {
  mariehamn: "AX",
  maarianhamina: "AX",
  "las palmas de gran canaria": "ES-CN",
  "santa cruz de tenerife": "ES-CN",
  ceuta: "ES-CE",
  melilla: "ES-ML",
  helgoland: "DE-HELGOLAND",
  heligoland: "DE-HELGOLAND",
  livigno: "IT-LIVIGNO",
  "campione d'italia": "IT-CAMPIONE",
  funchal: "PT-30",
  "ponta delgada": "PT-20",
  belfast: "XI",
  londonderry: "XI",
  "saint helier": "JE",
  "st helier": "JE",
  "st peter port": "GG",
  longyearbyen: "SJ",
  vaduz: "LI",
  nuuk: "GL",
  tórshavn: "FO",
};

/** Large cities on the mainland of a country that has special places. */
export const mainlandCities: Readonly<Record<string, readonly string[]>> = {
  DE: ["berlin", "hamburg", "münchen", "munich", "köln", "frankfurt am main"],
  DK: ["københavn", "copenhagen", "aarhus"],
  ES: ["madrid", "barcelona", "valencia", "sevilla"],
  FI: ["helsinki", "helsingfors", "espoo", "tampere", "turku", "oulu"],
  FR: ["paris", "lyon", "marseille", "toulouse", "nice"],
  GB: ["london", "manchester", "birmingham", "edinburgh", "glasgow", "cardiff"],
  GR: ["athens", "athina", "αθήνα", "thessaloniki", "θεσσαλονίκη"],
  IT: ["roma", "rome", "milano", "milan", "torino", "napoli"],
  NO: ["oslo", "bergen", "trondheim"],
  PT: ["lisboa", "lisbon", "porto"],
};
