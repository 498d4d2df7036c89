// Words that people write into address fields, in the languages of the countries that parcels go to.

/** The address of a letter box, which no courier can hand a parcel to. */
export const postBox = new RegExp(
  [
    String.raw`\bp\.? ?o\.? ?box\b`,
    String.raw`\bpost(al)? ?box\b`,
    String.raw`\b(post|brev)boks\b`,
    String.raw`\bpostfach\b`,
    String.raw`\bpostbus\b`,
    String.raw`\bbus postal\b`,
    String.raw`\b(boîte|boite|case) postale\b`,
    String.raw`\bb\. ?p\. ?\d`,
    String.raw`\bbp \d`,
    String.raw`\bskr(ytka|\.)? ?poczt(owa|\.)?`,
    String.raw`\bapartado\b`,
    String.raw`\bapdo\b`,
    String.raw`\baptdo\b`,
    String.raw`\bcasella postale\b`,
    String.raw`\bc\. ?p\. ?\d`,
    String.raw`\bc[aă]su[tț][aă] po[sș]tal[aă]`,
    String.raw`\bpostilokero\b`,
    String.raw`\bpostkast\b`,
    String.raw`\bpasta? ?k\.?(aste|astīte) ?\d`,
    String.raw`\bpašto dėžut`,
    String.raw`\ba\. ?[dk]\. ?\d`,
    String.raw`\ba/k \d`,
    String.raw`\bpósthólf\b`,
    String.raw`\bpostafiók\b`,
    String.raw`\bpf\. ?\d`,
    String.raw`\bpoštov(ní|ý) (přihrádka|priečinok)\b`,
    String.raw`\bpošt(anski|ni) (pretinac|predal|fah)\b`,
    String.raw`\bp\. ?p\. ?\d`,
    String.raw`\bp\. ?k\. ?\d`,
    String.raw`\bposta kutusu\b`,
    String.raw`\bkaxxa postali\b`,
    String.raw`(^|[\s,])τ\.? ?θ\.? ?\d`,
    "ταχυδρομική θυρίδα",
    String.raw`(^|[\s,])а ?/ ?[сc] ?\d`,
    "абонентськ",
    "пощенска кутия",
    String.raw`(^|[\s,])п\. ?к\. ?\d`,
    "поштански (фах|преградак)",
  ].join("|"),
  "iu",
);

/** Words that mean a letter box in one country and something else in others. */
export const postBoxIn: Readonly<Record<string, RegExp>> = {
  FI: /^(pl|pb) ?\d/i,
  AX: /^(pl|pb) ?\d/i,
  SE: /^(fack|box) ?\d/i,
  NO: /^(pb|boks|box) ?\d/i,
  DK: /^(pb|boks|box) ?\d/i,
  FR: /^bp ?\d|\bcs ?\d{5}\b/i,
  LU: /^bp ?\d/i,
  BE: /^bp ?\d/i,
};

/** A parcel locker, and the number without which it opens for nobody. */
export const lockers: readonly {
  readonly locker: RegExp;
  readonly id: RegExp;
  readonly what: string;
}[] = [
  { locker: /\bpackstation\b/i, id: /\b\d{6,10}\b/, what: "Postnummer" },
  { locker: /\bpostfiliale\b/i, id: /\b\d{6,10}\b/, what: "Postnummer" },
  { locker: /\bpaczkomat/i, id: /\b[A-Z]{3}\d{2,3}[A-Z]{0,3}\b/, what: "Paczkomat code" },
];

export const military = /\b(b\.?f\.?p\.?o\.?|[adf]po (ae|aa|ap)|psc \d+|cmr \d+,? box)\b/i;

/** Whole fields that say nothing. */
export const placeholder = new RegExp(
  `^(${[
    String.raw`test(e|i|ing|er|user|name)?( test\w*)*`,
    String.raw`asdf\w*|qwert\w*|abc+d?|1234+`,
    String.raw`n[./]?a\.?|none|null|undefined|unknown|tb[ad]`,
    "foo( bar)?|xxx+|yyy+|zzz+|lorem ipsum.*",
    "your (name|address|street|city)( here)?",
    String.raw`[-–._*?\s]+`,
    String.raw`(?<one>.)\k<one>{3,}`,
  ].join("|")})$`,
  "iu",
);

/** Said to the driver. */
export const instruction = new RegExp(
  [
    String.raw`\b(please )?(leave|drop) (it |the parcel |package )?(at|with|by|in|behind|outside)\b`,
    String.raw`\b(please )?(ring|call|phone|knock|buzz)\b.{0,20}\b(bell|me|before|on arrival|twice|door)\b`,
    String.raw`\bdeliver to (the )?neighbou?r`,
    String.raw`\b(door|gate|entry) ?code\b`,
    String.raw`\b(ovikoodi|porttikoodi|summeri|jätä (ovelle|naapurille)|soita ennen)\b`,
    String.raw`\b(portkod|lämna (vid|hos)|ring (på|innan)|legg (igjen|ved)|stil (ved|foran))\b`,
    String.raw`\b(bitte (klingeln|bei)|beim nachbarn|abstellen|abgeben (bei|im))\b`,
    String.raw`\b(laisse[rz]? (chez|devant|à)|sonne[rz]|digicode|code porte)\b`,
    String.raw`\b(dejar (en|con)|llamar (al|antes)|lasciare (a|al|in|presso)|citofonare|suonare)\b`,
    String.raw`\b(zostawi[ćc]|zadzwoni[ćc]|domofon)\b`,
    String.raw`\b(afgeven bij|aanbellen|achterlaten|nechat u|hagyja|lăsați|jätke|palikite|atstājiet)\b`,
    "(залишити|подзвон|домофон|оставете|αφήστε|χτυπήστε)",
  ].join("|"),
  "iu",
);

/** A house that has no number and says so. */
export const withoutNumber =
  /(^|[\s,])(s\/n|s\.n\.?|sn|s\/nº|sin n[uú]mero|sem n[uú]mero|snc|s\.n\.c\.?|b\.?b\.?|bez broja|б\.?б\.?|б\/н|бн|nn|fără număr|f\.?n\.?|no number|lieu[- ]dit.*|numarasız|no:?yok)$/iu;

/** The end of a street's name, where houses may also have names of their own. */
export const streetWord =
  /(tie|katu|kuja|polku|väylä|kaari|raitti|aukio|tori|bulevardi|ranta|penger|vägen|gatan|gränd|stigen|torget|allén|plan|backen|gränden|esplanaden|veien|vegen|gata|gate|gaten|allé|alle|plass|tänav|tee|puiestee|maantee|põik| tn\.?| pst\.?| mnt\.?|iela|gatve|prospekts|bulvāris|laukums|street| st\.?|road| rd\.?|lane|avenue| ave\.?|drive|close|crescent|terrace|square|quay|triq|vegur|gata|stræti|braut|holt)$/iu;
