/** It has no types of its own; so much of it is used. */
declare module "saxon-js" {
  const SaxonJS: {
    transform(
      options: {
        readonly stylesheetInternal: object;
        readonly sourceText: string;
        readonly destination: "serialized";
      },
      execution: "sync",
    ): { readonly principalResult: unknown };
  };
  export default SaxonJS;
}
