import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loading } from "../shell/loading.tsx";
import { Trouble } from "../shell/trouble.tsx";

interface SectionProps<T> {
  readonly title: string;
  readonly intro?: string;
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/** A part of the settings that shows one answer of the API. */
export function Section<T>({ title, intro, query, children }: SectionProps<T>) {
  const { data, error, isError, refetch } = query;
  return (
    <section aria-label={title} className="section">
      <h2>{title}</h2>
      {intro && <p className="soft">{intro}</p>}
      {data !== undefined && children(data)}
      {data === undefined && (isError ? <Trouble error={error} onRetry={refetch} /> : <Loading />)}
    </section>
  );
}
