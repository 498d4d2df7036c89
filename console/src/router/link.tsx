import type { ComponentProps, MouseEvent } from "react";
import { navigate } from "./address.ts";

type LinkProps = Omit<ComponentProps<"a">, "href" | "onClick"> & { readonly to: string };

/** A link inside the page. New tabs and the like stay the browser's. */
export function Link({ to, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  );
}
