// The steps of the pipeline in the shop's words: its name, "PostNord: parcel booked.", and what a person reads when it
// does not go on.
export const steps = {
  "vat-id": {
    name: "VAT number",
    done: "VAT number asked for where one counts",
    trouble: "The VAT number could not be confirmed.",
  },
  check: {
    name: "Check",
    done: "payment checked, VAT decided",
    trouble: "The payment cannot be taken as it is.",
  },
  contact: {
    name: "Customer",
    done: "customer saved",
    trouble: "The customer could not be saved.",
  },
  deal: { name: "Deal", done: "deal saved", trouble: "The deal could not be saved." },
  "deal-update": {
    name: "Deal update",
    done: "tracking and invoice added to the deal",
    trouble: "Tracking and invoice could not be added to the deal.",
  },
  "production-row": {
    name: "Row",
    done: "row added to production",
    trouble: "The order could not be added to production.",
  },
  "production-update": {
    name: "Row update",
    done: "tracking and invoice added to the production row",
    trouble: "Tracking and invoice could not be added to the production row.",
  },
  booking: {
    name: "Booking",
    done: "parcel booked",
    trouble: "The parcel could not be booked.",
  },
  label: { name: "Label", done: "label made", trouble: "The label could not be made." },
  "accounting-customer": {
    name: "Customer",
    done: "customer saved for the invoice",
    trouble: "The customer could not be saved for the invoice.",
  },
  invoice: { name: "Invoice", done: "invoice made", trouble: "The invoice could not be made." },
  payment: {
    name: "Payment",
    done: "payment entered for the invoice",
    trouble: "The payment could not be entered for the invoice.",
  },
  "invoice-pdf": {
    name: "PDF",
    done: "invoice PDF kept",
    trouble: "The invoice PDF could not be fetched.",
  },
  confirmation: {
    name: "Confirmation",
    done: "confirmation sent",
    trouble: "The confirmation could not be sent.",
  },
  "return-booking": {
    name: "Way back",
    done: "way back booked",
    trouble: "The way back could not be booked.",
  },
  "return-label": {
    name: "Return label",
    done: "return label made",
    trouble: "The return label could not be made.",
  },
  "credit-note": {
    name: "Credit note",
    done: "credit note made",
    trouble: "The credit note could not be made.",
  },
  "invoice-copy": {
    name: "Invoice copy",
    done: "invoice copy sent",
    trouble: "The invoice copy could not be sent.",
  },
};

export const unknownStep = {
  done: (step: string) => `${step} done`,
  trouble: (step: string) => `The step “${step}” could not be done.`,
};
