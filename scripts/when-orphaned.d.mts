export function whenOrphaned(stop: () => void): void;
