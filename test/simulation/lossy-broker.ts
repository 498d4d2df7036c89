// Redis at its worst: a wake-up may be lost, come twice, come late, and come to any process.
import type { Wake } from "../../src/queue/queue.ts";
import type { Life, Scene } from "./simulated-process.ts";

export interface Broker {
  add(wakes: readonly Wake[]): void;
  join(life: Life, work: (wake: Wake) => Promise<void>): void;
}

export function lossyBroker({ time, random, faults }: Scene): Broker {
  const members: { readonly life: Life; readonly work: (wake: Wake) => Promise<void> }[] = [];
  const deliver = (wake: Wake, inMs: number) =>
    time.after(inMs, () => {
      const alive = members.filter(({ life }) => !life.isOver);
      const member = alive[Math.floor(random() * alive.length)];
      member?.life.after(1, () => void member.work(wake));
    });
  return {
    add(wakes) {
      for (const wake of wakes) {
        if (faults.strikes("lost-wake")) continue;
        deliver(wake, random() * 50);
        if (faults.strikes("second-wake")) deliver(wake, random() * 120_000);
      }
    },
    join(life, work) {
      const member = { life, work };
      members.push(member);
      life.onEnd(() => members.splice(members.indexOf(member), 1));
    },
  };
}
