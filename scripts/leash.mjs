import { spawn } from "node:child_process";

// The shell waits for the end of its input, which comes when we close it or die, however we die. Then it stops the
// program by its pid and removes the folder. $1 is the signal, $2 the folder, the rest the program.
const leash = `
signal=$1; folder=$2; shift 2
"$@" & pid=$!
cat > /dev/null
kill -s "$signal" "$pid" 2> /dev/null
wait "$pid"
cd / && rm -rf "$folder"
`;

/**
 * Starts a server that cannot outlive this process. Resolves when it prints `readiness`, to a function that stops it
 * and waits until it and its folder are gone.
 */
export function startOnLeash({ program, args, folder, signal, readiness, user }) {
  const child = spawn("sh", ["-c", leash, "sh", signal, folder, program, ...args], {
    cwd: folder,
    // A group of its own: Ctrl-C in the terminal is ours to handle, not the server's.
    detached: true,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  const gone = new Promise((resolve) => child.on("close", resolve));
  const stop = async () => {
    child.stdin.end();
    const isGone = await Promise.race([gone.then(() => true), delay(20_000)]);
    if (!isGone) process.kill(-child.pid, "SIGKILL");
  };
  return new Promise((resolve, reject) => {
    let said = "";
    let isReady = false;
    const fail = async (why) => {
      await stop();
      reject(new Error(`${program} ${why}.\n${said}`));
    };
    const timer = setTimeout(() => fail("was not ready within 60 seconds"), 60_000);
    const listen = (chunk) => {
      // What it says later is read, so that it never waits for us, and forgotten.
      if (isReady) return;
      said += chunk;
      if (/could not bind|Address already in use|FATAL/i.test(said)) {
        clearTimeout(timer);
        void fail("could not start");
      } else if (said.includes(readiness)) {
        clearTimeout(timer);
        isReady = true;
        resolve(stop);
      }
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    child.stdin.on("error", () => {});
    child.on("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}

function delay(ms) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), ms).unref();
  });
}
