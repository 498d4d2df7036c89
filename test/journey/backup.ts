// A backup as people take one: the folder copied while Ordna is stopped, or a copy of the database on its server.
import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openPostgres } from "../../src/ledger/database/postgres.ts";
import { testServer } from "../../src/ledger/database/test-database.ts";
import type { Environment } from "../../src/settings.ts";

export interface Backup {
  putBack(): Promise<void>;
  remove(): Promise<void>;
}

export async function takeBackup({ DATABASE_URL, ORDNA_DATA = "" }: Environment): Promise<Backup> {
  return DATABASE_URL === undefined ? copyFolder(ORDNA_DATA) : copyDatabase(DATABASE_URL);
}

function copyFolder(data: string): Backup {
  const [ledger, backup] = [join(data, "ledger"), join(data, "backup")];
  cpSync(ledger, backup, { recursive: true });
  return {
    async putBack() {
      rmSync(ledger, { recursive: true });
      cpSync(backup, ledger, { recursive: true });
    },
    remove: async () => rmSync(backup, { recursive: true, force: true }),
  };
}

async function copyDatabase(url: string): Promise<Backup> {
  const name = new URL(url).pathname.slice(1);
  const admin = await openPostgres(testServer ?? "", { max: 1 });
  const drop = (database: string) => admin.query(`drop database ${database} with (force)`);
  await admin.query(`create database ${name}_backup template ${name}`);
  return {
    async putBack() {
      await drop(name);
      await admin.query(`create database ${name} template ${name}_backup`);
    },
    async remove() {
      await drop(`${name}_backup`);
      await admin.close();
    },
  };
}
