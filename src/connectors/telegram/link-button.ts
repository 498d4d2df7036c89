/**
 * Whether Telegram takes the link for a button: it refuses a host that is no full name, such as
 * localhost, and with it the whole message. Addresses by number are not worth the try.
 */
export function fitsButton(link: string | undefined): link is string {
  if (link === undefined || link.length > 1000 || !URL.canParse(link)) return false;
  const { protocol, hostname } = new URL(link);
  return protocol === "https:" && /^([a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(hostname);
}
