// Service points of the simulated PostNord: one in every town of the countries that have them.
const countries = new Set(
  "SE NO FI DK DE BE NL LU EE LV LT AT FR ES AX PL PT CZ IE SK SI".split(" "),
);

export function nearestServicePoints(query: URLSearchParams): Response {
  const countryCode = query.get("countryCode");
  const postalCode = query.get("postalCode");
  const city = query.get("city");
  if (query.get("returnType") !== "json") return missing("returnType");
  if (!countryCode) return missing("countryCode");
  if (!postalCode && !city) return missing("postalCode");
  const servicePoints = countries.has(countryCode)
    ? [pointIn(countryCode, postalCode ?? "00000", city ?? "Example")]
    : [];
  return Response.json({ servicePointInformationResponse: { servicePoints } });
}

function pointIn(countryCode: string, postalCode: string, city: string) {
  const address = {
    countryCode,
    city: city.toUpperCase(),
    streetName: "Example Street",
    postalCode,
  };
  return {
    servicePointId: `9${postalCode.replace(/\W/g, "")}`,
    name: `Example Kiosk ${city}`.slice(0, 60),
    routeDistance: 350,
    visitingAddress: { ...address, streetNumber: "2" },
    deliveryAddress: { ...address, streetNumber: "1" },
    coordinates: [{ countryCode, northing: 61.5, easting: 23.75, srId: "EPSG:4326" }],
    openingHours: {
      postalServices: [
        { openDay: "MONDAY", openTime: "08:00", closeDay: "MONDAY", closeTime: "21:00" },
      ],
    },
    type: { typeId: 38, typeName: "Servicepoint" },
  };
}

function missing(param: string): Response {
  const fault = {
    explanationText: "Missing parameter",
    faultCode: "API-005",
    paramValues: [{ param, value: "null" }],
  };
  const compositeFault = { faults: [fault] };
  return Response.json({ servicePointInformationResponse: { compositeFault } }, { status: 400 });
}
