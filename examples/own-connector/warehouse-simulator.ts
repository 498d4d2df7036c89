// The warehouse as a fetch handler, written from its manual (README.md). It knows nothing of our client.
import { z } from "zod";
import type { Collection, Simulator, SimulatorKit } from "../../src/connector-kit/simulator.ts";

const moods = {
  "unknown-item": "Every new job is answered 422: an item is not in the warehouse's list.",
  "key-revoked": "Everything is answered 401.",
  closed: "Everything is answered 503, and nothing is done.",
} as const;

const parcel = z.object({ trackingNumber: z.string().min(1), invoiceNumber: z.string().min(1) });
const newJob = z.object({
  reference: z.string().min(1),
  lines: z.array(z.object({ item: z.string(), quantity: z.number().int() })).min(1),
});

type Job = z.infer<typeof newJob> & {
  readonly id: string;
  readonly parcel?: z.infer<typeof parcel>;
};

const token = "simulated-token";

export function simulateWarehouse(kit: SimulatorKit): Simulator {
  // What it holds outlives a restart of the sandbox, so it lies in the kit's collection.
  const jobs = kit.collection<Job>("jobs");
  const on = new Set<string>();
  const isMood = (mood: keyof typeof moods) => on.has(mood);
  return {
    provider: "warehouse",
    secrets: { token },
    maxServerMs: 200,
    maxLagMs: 0,
    fetch: async (request) => {
      if (isMood("closed")) return refuse(503, "We are closed.");
      const isOurs = request.headers.get("authorization") === `Bearer ${token}`;
      if (!isOurs || isMood("key-revoked")) return refuse(401, "Who are you?");
      return route(jobs, request, isMood("unknown-item"));
    },
    records: () =>
      jobs.values().map(({ id, reference, lines, parcel: sent }) => ({
        kind: "job",
        id,
        reference,
        fields: { lines, parcel: sent },
      })),
    moods,
    setMood: (name, isOn) => void (isOn ? on.add(name) : on.delete(name)),
  };
}

async function route(
  jobs: Collection<Job>,
  request: Request,
  isItemUnknown: boolean,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, jobId] = /^\/v1\/jobs\/([^/]+)\/parcel$/.exec(pathname) ?? [];
  switch (`${request.method} ${jobId ? "parcel" : pathname}`) {
    case "GET /v1/me":
      return Response.json({ name: "the curtain shop" });
    case "GET /v1/jobs": {
      const reference = searchParams.get("reference");
      return Response.json({ jobs: jobs.values().filter((job) => job.reference === reference) });
    }
    case "POST /v1/jobs": {
      const wanted = newJob.safeParse(await jsonOf(request));
      if (!wanted.success) return refuse(422, "The job is not complete.");
      if (isItemUnknown) return refuse(422, "An item is not in our list.");
      // Twice the same makes two jobs: that is what the warehouse does.
      const job = { id: `job_${jobs.size + 1}`, ...wanted.data };
      jobs.set(job.id, job);
      return Response.json(job, { status: 201 });
    }
    case "PUT parcel": {
      const job = jobs.get(decodeURIComponent(jobId ?? ""));
      const sent = parcel.safeParse(await jsonOf(request));
      if (!job) return refuse(404, "There is no such job.");
      if (!sent.success) return refuse(422, "The parcel is not complete.");
      const packed = { ...job, parcel: sent.data };
      jobs.set(job.id, packed);
      return Response.json(packed);
    }
  }
  return refuse(404, "There is nothing here.");
}

const refuse = (status: number, error: string) => Response.json({ error }, { status });

async function jsonOf(request: Request): Promise<unknown> {
  return request.json().catch(() => undefined);
}
