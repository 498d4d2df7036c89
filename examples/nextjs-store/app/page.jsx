import { goods } from "../goods.js";

export default function Shop() {
  return (
    <main>
      <h1>Curtains</h1>
      <form method="post" action="/checkout">
        {goods.map(({ id, name, cents }) => (
          <p key={id}>
            <label>
              <input
                type="number"
                name={id}
                min="0"
                max="20"
                defaultValue="0"
                style={{ width: "4rem" }}
              />{" "}
              {name}, {(cents / 100).toFixed(2)} EUR
            </label>
          </p>
        ))}
        <button type="submit">Pay</button>
      </form>
    </main>
  );
}
