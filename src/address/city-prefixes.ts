// The first two digits of the codes of large cities, where the lists of places do not know the city by its own name:
// Turkey's codes begin with the number of the province, whose capital has its name; Greece has no open list at all.

const turkish =
  "Adana Adıyaman Afyonkarahisar Ağrı Amasya Ankara Antalya Artvin Aydın Balıkesir Bilecik Bingöl Bitlis Bolu Burdur Bursa Çanakkale Çankırı Çorum Denizli Diyarbakır Edirne Elazığ Erzincan Erzurum Eskişehir Gaziantep Giresun Gümüşhane Hakkari Hatay Isparta Mersin İstanbul İzmir Kars Kastamonu Kayseri Kırklareli Kırşehir Kocaeli Konya Kütahya Malatya Manisa Kahramanmaraş Mardin Muğla Muş Nevşehir Niğde Ordu Rize Sakarya Samsun Siirt Sinop Sivas Tekirdağ Tokat Trabzon Tunceli Şanlıurfa Uşak Van Yozgat Zonguldak Aksaray Bayburt Karaman Kırıkkale Batman Şırnak Bartın Ardahan Iğdır Yalova Karabük Kilis Osmaniye Düzce".split(
    " ",
  );

interface City {
  /** As it is offered; the others are what it is called as well. */
  readonly names: readonly string[];
  readonly prefixes: readonly string[];
}

const greek: readonly City[] = [
  { names: ["Αθήνα", "Athens", "Athina"], prefixes: "10 11 12 13 14 15 16 17 18 19".split(" ") },
  { names: ["Πειραιάς", "Piraeus", "Pireas"], prefixes: ["18"] },
  { names: ["Θεσσαλονίκη", "Thessaloniki", "Salonica"], prefixes: ["54", "55", "56", "57"] },
  { names: ["Πάτρα", "Patras", "Patra"], prefixes: ["26", "25"] },
  { names: ["Ηράκλειο", "Heraklion", "Iraklio"], prefixes: ["70", "71"] },
  { names: ["Χανιά", "Chania"], prefixes: ["73"] },
  { names: ["Λάρισα", "Larissa", "Larisa"], prefixes: ["41"] },
  { names: ["Βόλος", "Volos"], prefixes: ["38", "37"] },
  { names: ["Ιωάννινα", "Ioannina"], prefixes: ["45"] },
  { names: ["Ρόδος", "Rhodes", "Rodos"], prefixes: ["85"] },
  { names: ["Κέρκυρα", "Corfu", "Kerkyra"], prefixes: ["49"] },
  { names: ["Καβάλα", "Kavala"], prefixes: ["65", "64"] },
  { names: ["Καλαμάτα", "Kalamata"], prefixes: ["24"] },
];

export const citiesByPrefix: Readonly<Record<string, readonly City[]>> = {
  GR: greek,
  TR: turkish.map((name, nth) => ({
    names: [name],
    prefixes: [String(nth + 1).padStart(2, "0")],
  })),
};
