import { places } from "../journey/places.ts";
import { crashAtEverySeam } from "./crash-at-every-seam.ts";

// With Redis it is a file of its own, so that the two run side by side.
for (const place of places) if (!place.name.includes("Redis")) crashAtEverySeam(place);
