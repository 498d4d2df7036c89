import { places } from "../journey/places.ts";
import { crashAtEverySeam } from "./crash-at-every-seam.ts";

for (const place of places) if (place.name.includes("Redis")) crashAtEverySeam(place);
