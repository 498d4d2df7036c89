import assert from "node:assert/strict";
import { test } from "node:test";
import { asAddress, mailbox } from "./mailbox.ts";

test("plain addresses are accepted, and a domain with accents is written in ASCII", () => {
  assert.equal(asAddress("buyer+shop@example.com"), "buyer+shop@example.com");
  assert.equal(asAddress(" o'neil@example.co.uk "), "o'neil@example.co.uk");
  assert.equal(asAddress("kund@exämple.se"), "kund@xn--exmple-cua.se");
});

const tricks = {
  "a second header": "a@b.fi\r\nBcc: x@example.com",
  "a line end at the end": "a@b.fi\n",
  "a second recipient": '"a,b"@x.fi, victim@example.com',
  "a comma": "a@b.fi,c@d.fi",
  "a semicolon": "a@b.fi;c@d.fi",
  "a display name": "Name <a@b.fi>",
  "a quoted local part": '"a b"@x.fi',
  "a placeholder": "%recipient.x%@x.fi",
  "two at signs": "a@b@c.fi",
  "a route": "@x.fi:a@b.fi",
  "no domain": "a@",
  "no top-level domain": "a@localhost",
  "an IP address": "a@127.0.0.1",
  "an address literal": "a@[127.0.0.1]",
  "two dots": "a..b@x.fi",
  "an empty label": "a@x..fi",
  "a NUL": "a\u0000@x.fi",
  "a bidi control": "a\u202E@x.fi",
  "a percent escape in the domain": "a@ex%61mple.com",
  "letters beyond ASCII before the @": "öberg@example.com",
  "65 characters before the @": `${"a".repeat(65)}@x.fi`,
  "too long": `a@${"a.".repeat(130)}fi`,
  nothing: "",
};

for (const [what, written] of Object.entries(tricks)) {
  test(`${what} is no address`, () => assert.equal(asAddress(written), undefined));
}

test("a name in a header stays one name, whatever is in it", () => {
  assert.equal(mailbox("Test Kund Öberg", "k@example.com"), '"Test Kund Öberg" <k@example.com>');
  assert.equal(
    mailbox('Evil" <v@example.com>, "x\r\nBcc: y@example.com\u202E', "k@example.com"),
    '"Evil v example.com x Bcc y example.com" <k@example.com>',
  );
  assert.equal(
    mailbox("{{7*7}} %recipient.x%", "k@example.com"),
    '"7*7 recipient.x" <k@example.com>',
  );
  assert.equal(mailbox(' "" ', "k@example.com"), "k@example.com");
  assert.ok(mailbox("x".repeat(10_000), "k@example.com").length < 110);
});
