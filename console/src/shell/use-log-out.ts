import { useMutation } from "@tanstack/react-query";

/** Ends this session and leaves the page: nothing of it stays in the browser's memory. */
export function useLogOut(): () => void {
  const { mutate } = useMutation({
    mutationFn: () =>
      fetch("/api/session", {
        method: "DELETE",
        headers: { "content-type": "application/json" },
        body: "{}",
      }),
    onSettled: () => location.replace("/log-in"),
  });
  return () => mutate();
}
