import { words } from "../language/words.ts";

interface BarsProps {
  readonly title: string;
  readonly bars: readonly {
    readonly name: string;
    readonly value: number;
    readonly word: string;
  }[];
}

const height = 60;

/** A bar for each day. The table below says the same to whoever cannot see it. */
export function Bars({ title, bars }: BarsProps) {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const width = 100 / Math.max(1, bars.length);
  return (
    <figure className="bars">
      <svg viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" role="img" aria-label={title}>
        {bars.map(({ name, value, word }, index) => {
          const tall = Math.max(value > 0 ? 1 : 0, (value / most) * height);
          return (
            <rect key={name} x={index * width} y={height - tall} width={width * 0.8} height={tall}>
              <title>{`${name}: ${word}`}</title>
            </rect>
          );
        })}
      </svg>
      <details>
        <summary>{words().shell.asTable}</summary>
        <table className="small">
          <caption className="visually-hidden">{title}</caption>
          <tbody>
            {bars.map(({ name, word }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="amount">{word}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
