import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Loading } from "./loading.tsx";
import { Trouble } from "./trouble.tsx";
import { usePageTitle } from "./use-page-title.ts";
import "../style/office.css";

interface OfficePageProps<T> {
  readonly title: string;
  readonly intro: string;
  readonly query: UseQueryResult<T>;
  /** Stands beside the title. */
  readonly aside?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** A page that shows one answer of the API: its title, and then the answer, the wait for it or what went wrong. */
export function OfficePage<T>({ title, intro, query, aside, children }: OfficePageProps<T>) {
  const { data, error, isError, refetch, isPlaceholderData } = query;
  usePageTitle(title);
  return (
    <>
      <div className="title-row">
        <h1>{title}</h1>
        {aside}
      </div>
      <p className="intro">{intro}</p>
      {data !== undefined && <div aria-busy={isPlaceholderData}>{children(data)}</div>}
      {data === undefined && (isError ? <Trouble error={error} onRetry={refetch} /> : <Loading />)}
    </>
  );
}
