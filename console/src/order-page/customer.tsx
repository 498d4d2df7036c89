import type { Facts, Party } from "../api/facts-schema.ts";
import { words } from "../language/words.ts";
import { countryName } from "../words/place-name.ts";

export function Customer({ facts }: { readonly facts: Facts }) {
  const { order } = words();
  const { buyer, shipTo, taxIds, customFields, notes } = facts;
  const isSame = JSON.stringify(buyer) === JSON.stringify(shipTo);
  const said = Object.entries(customFields);
  return (
    <section className="panel customer" aria-labelledby="customer">
      <h2 id="customer">{order.customer}</h2>
      <h3>{order.shipTo}</h3>
      <PartyLines party={shipTo} />
      <h3>{order.buyer}</h3>
      {isSame ? <p>{order.same}</p> : <PartyLines party={buyer} />}
      {(taxIds.length > 0 || said.length > 0) && (
        <dl>
          {taxIds.map(({ type, value }) => (
            <div key={value}>
              <dt>{order.taxNumber(type)}</dt>
              <dd>{value}</dd>
            </div>
          ))}
          {said.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}

function PartyLines({ party }: { readonly party: Party }) {
  const { name, company, email, phone, address = {} } = party;
  const { line1, line2, postalCode, city, state, country } = address;
  const place = [postalCode, city].filter(Boolean).join(" ");
  const lines = [company, name, line1, line2, place, state, country && countryName(country)];
  const shown = lines.filter((line): line is string => Boolean(line));
  return (
    <address>
      {shown.map((line) => (
        <span key={line}>{line}</span>
      ))}
      {email && <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>}
      {phone && <a href={`tel:${phone.replaceAll(/[^\d+]/g, "")}`}>{phone}</a>}
    </address>
  );
}
