const names: Readonly<Record<string, string>> = {
  postnord: "PostNord",
  s3: "S3",
  folder: "Folder",
  vies: "VIES",
  builtin: "Own books",
};

/** "PostNord" for "postnord". */
export function providerName(provider: string): string {
  return names[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);
}
