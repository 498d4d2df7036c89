import { english, type Words } from "./english.ts";

export const finnish: Words = english;
