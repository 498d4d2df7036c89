import { Link } from "@tanstack/react-router";

interface OrderLinkProps {
  readonly reference: string;
  readonly shopOrder: string | null;
}

export function OrderLink({ reference, shopOrder }: OrderLinkProps) {
  return (
    <Link to="/orders/$reference" params={{ reference }} className="order-link">
      {shopOrder ?? reference}
    </Link>
  );
}
