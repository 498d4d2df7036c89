import { Button, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { text as bounded, z } from "../api/jitless-zod.ts";
import { useChange } from "../api/use-change.ts";
import { useLoad } from "../api/use-load.ts";
import { words } from "../language/words.ts";
import { Sheet } from "../shell/sheet.tsx";
import { Section } from "./section.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { StoreChoice } from "./store-choice.tsx";

const text = bounded(2000);
const roleNames = ["viewer", "manager", "finance", "developer", "owner"] as const;
const personSchema = z.object({
  id: z.int(),
  email: z.nullable(text),
  name: text,
  role: z.enum(roleNames),
  stores: z.nullable(z.array(text)),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  isDisabled: z.boolean(),
});
type Person = Readonly<z.infer<typeof personSchema>>;
type Role = Person["role"];

/** Who comes in, and as what. */
export default function PeopleSection() {
  const { people: say } = words();
  const schema = z.object({ people: z.array(personSchema) });
  return (
    <Section title={say.title} query={useLoad(["people"], "/api/people", schema)}>
      {({ people }) => (
        <>
          {people.length === 0 && <p className="panel empty">{say.none}</p>}
          {people.length > 0 && (
            <Sheet
              caption={say.title}
              columns={[{ name: say.who }, { name: say.way }, { name: say.role }]}
              rows={people.map((person) => ({
                key: String(person.id),
                cells: [
                  <Who key="who" person={person} />,
                  wayIn(person),
                  <ChangePerson key="change" person={person} />,
                ],
              }))}
            />
          )}
          <Invite />
        </>
      )}
    </Section>
  );
}

function Who({ person }: { readonly person: Person }) {
  const { people: say } = words();
  return (
    <>
      {person.email ?? person.name}
      {person.email && person.email !== person.name && <small> {person.name}</small>}
      {person.isDisabled && <strong> ({say.out})</strong>}
    </>
  );
}

function wayIn({ hasPassword, hasSecondFactor }: Person): string {
  const { people: say } = words();
  if (!hasPassword) return say.noPassword;
  return hasSecondFactor ? `${say.password}, ${say.secondFactor}` : say.password;
}

interface RoleChoiceProps {
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

function RoleChoice({ value, onChange }: RoleChoiceProps) {
  const { people: say, shell } = words();
  return (
    <NativeSelect
      label={say.role}
      description={say.may[value]}
      value={value}
      onChange={({ currentTarget }) =>
        onChange(roleNames.find((role) => role === currentTarget.value) ?? "viewer")
      }
      data={roleNames.map((role) => ({ value: role, label: shell.roles[role] }))}
    />
  );
}

function ChangePerson({ person }: { readonly person: Person }) {
  const { people: say } = words();
  const [role, setRole] = useState(person.role);
  const [stores, setStores] = useState(person.stores);
  const change = useChange(personSchema, "people");
  const end = useChange(z.object({ ok: z.boolean() }), "people");
  const path = `/api/people/${person.id}`;
  const patch = (body: object) => change.mutate({ path, method: "PATCH", body });
  const isSame = role === person.role && String(stores) === String(person.stores);
  return (
    <div className="fields">
      <RoleChoice value={role} onChange={setRole} />
      <StoreChoice value={stores} onChange={(chosen) => setStores(chosen && [...chosen])} />
      <Button
        size="sm"
        variant="default"
        disabled={isSame}
        onClick={() => patch({ role, stores })}
        loading={change.isPending}
      >
        {say.change}
      </Button>
      <Button size="sm" variant="default" onClick={() => patch({ isDisabled: !person.isDisabled })}>
        {person.isDisabled ? say.letIn : say.putOut}
      </Button>
      <Button
        size="sm"
        variant="default"
        onClick={() => end.mutate({ path: `${path}/sessions`, method: "DELETE" })}
      >
        {say.endSessions}
      </Button>
      <span role="status">
        {change.error?.message ?? end.error?.message}
        {change.data && say.changed} {end.data && say.sessionsEnded}
      </span>
    </div>
  );
}

function Invite() {
  const { people: say } = words();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("manager");
  const [stores, setStores] = useState<readonly string[] | null>(null);
  const invite = useChange(z.object({ link: text }), "people");
  const send = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ path: "/api/invitations", body: { email, role, stores } });
  };
  return (
    <form className="panel" onSubmit={send} aria-labelledby="invite">
      <h3 id="invite">{say.invite}</h3>
      <div className="fields">
        <TextInput
          type="email"
          required
          label={say.email}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <RoleChoice value={role} onChange={setRole} />
        <StoreChoice value={stores} onChange={setStores} />
        <Button type="submit" loading={invite.isPending}>
          {say.makeLink}
        </Button>
      </div>
      {invite.error && <p role="alert">{invite.error.message}</p>}
      {invite.data && <ShownOnce why={say.link} secret={invite.data.link} />}
    </form>
  );
}
