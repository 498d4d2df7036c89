/** A provider answered with the id of a record that serves another step: nothing was written. */
export class RecordTaken extends Error {
  override readonly name = "RecordTaken";

  constructor(externalId: string) {
    super(`The provider answered with ${externalId}, which belongs to another order.`);
  }
}
