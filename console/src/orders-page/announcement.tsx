import { useEffect, useRef, useState } from "react";
import type { Counts } from "../api/order-schema.ts";
import { words } from "../language/words.ts";

/** A reader is told of news at most so often. */
const restMs = 5_000;

/** Tells a screen reader, politely, when orders need a person or none does any more. */
export function Announcement({ counts }: { readonly counts: Counts }) {
  const { attention } = counts;
  const told = useRef(attention);
  const [text, setText] = useState("");
  useEffect(() => {
    if (told.current === attention) return;
    const timer = setTimeout(() => {
      told.current = attention;
      setText(words().orders.needsYouNow(attention));
    }, restMs);
    return () => clearTimeout(timer);
  }, [attention]);
  return (
    <p role="status" className="visually-hidden">
      {text}
    </p>
  );
}
