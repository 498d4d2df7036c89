import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/** Goes to an address of this page: "/orders?view=waiting". */
export function useGo(): (address: string) => void {
  const router = useRouter();
  return useCallback((address) => router.history.push(address), [router]);
}
