import assert from "node:assert/strict";
import type { LookupAddress } from "node:dns";
import { test } from "node:test";
import { guardedLookup, isInsideAddress, refusedHost } from "./reachable-host.ts";

const inside = [
  "https://127.0.0.1/",
  "https://127.1/",
  "https://0x7f.1/",
  "https://2130706433/",
  "https://0177.0.0.1/",
  "https://127.0.0.1./",
  "https://[::1]/",
  "https://[::]/",
  "https://0.0.0.0/",
  "https://10.1.2.3/",
  "https://172.16.0.1/",
  "https://172.31.255.255/",
  "https://192.168.1.1/",
  "https://100.64.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://[::ffff:127.0.0.1]/",
  "https://[::ffff:7f00:1]/",
  "https://[::ffff:a9fe:a9fe]/",
  "https://[fd00:ec2::254]/",
  "https://[fe80::1]/",
  "https://224.0.0.1/",
  "https://localhost/",
  "https://LOCALHOST:8443/",
  "https://localhost./",
  "https://shop.localhost/",
];
for (const url of inside) {
  test(`no provider lives at ${url}`, () => {
    assert.match(refusedHost(new URL(url), false) ?? "", /inside this network/);
  });
}

const outside = ["https://api.example.com/", "https://172.32.0.1/", "https://[2001:db8::1]/"];
for (const url of outside) {
  test(`a provider may live at ${url}`, () => {
    assert.equal(refusedHost(new URL(url), false), undefined);
  });
}

test("what is not encrypted is refused, except on this machine when that is allowed", () => {
  const plain = (url: string, allowed: boolean) => refusedHost(new URL(url), allowed);
  assert.match(plain("http://api.example.com/", true) ?? "", /not encrypted/);
  assert.match(plain("http://169.254.169.254/", true) ?? "", /not encrypted/);
  assert.match(plain("http://0x7f.1/", false) ?? "", /inside this network/);
  assert.match(plain("http://[::1]:5000/", false) ?? "", /inside this network/);
  for (const url of ["http://127.0.0.1:5000/", "http://localhost:5000/", "http://[::1]:5000/"]) {
    assert.equal(plain(url, true), undefined);
  }
});

test("only web addresses without a name and password are sent to", () => {
  for (const url of [
    "file:///etc/passwd",
    "ftp://example.com/",
    "data:text/plain,x",
    "gopher://x/",
  ]) {
    assert.ok(refusedHost(new URL(url), true), url);
  }
  for (const url of ["https://me@example.com/", "https://me:secret@example.com/"]) {
    const refusal = refusedHost(new URL(url), true) ?? "";
    assert.match(refusal, /must not carry/);
    assert.doesNotMatch(refusal, /secret/);
  }
});

test("the edges of the inside nets are known", () => {
  const outsiders = ["9.255.255.255", "11.0.0.0", "172.15.255.255", "192.167.255.255", "126.0.0.1"];
  for (const ip of [...outsiders, "169.253.255.255", "100.63.255.255", "2606:4700::1", "8.8.8.8"]) {
    assert.equal(isInsideAddress(ip), false, ip);
  }
  for (const ip of ["10.255.255.255", "100.127.255.255", "::1", "::ffff:10.0.0.1", "FE80::1"]) {
    assert.equal(isInsideAddress(ip), true, ip);
  }
});

type Answer = { error: NodeJS.ErrnoException | null; addresses: string | LookupAddress[] };

const resolved = (name: string, all: boolean) =>
  new Promise<Answer>((resolve) => {
    guardedLookup(name, { all }, (error, addresses) => resolve({ error, addresses }));
  });

test("a name that leads inside is refused at the moment of connecting", async () => {
  for (const all of [true, false]) {
    const { error, addresses } = await resolved("localhost", all);
    assert.equal(error?.code, "EPRIVATEHOST");
    assert.deepEqual(addresses, []);
  }
});

test("a name that leads nowhere says so, and one that leads outside is answered as it was asked", async () => {
  assert.ok((await resolved("nobody.invalid", true)).error);
  // An address is its own answer: no name server is asked.
  assert.deepEqual((await resolved("203.0.113.7", true)).addresses, [
    { address: "203.0.113.7", family: 4 },
  ]);
  assert.equal((await resolved("203.0.113.7", false)).addresses, "203.0.113.7");
});
