// node emulate_github.mjs PORT BASE_URL: a stateful GitHub API on loopback. Lines on standard input: reset, quit.
// BASE_URL is what its own links carry, for a proxy that stands in front.
import readline from "node:readline";
import { createEmulator } from "emulate";

const [port, baseUrl] = [Number(process.argv[2]), process.argv[3]];
const seed = {
  tokens: {
    tok_alice: { login: "alice", scopes: ["repo"] },
    tok_mallory: { login: "mallory", scopes: ["repo"] },
    ghs_actions: { login: "github-actions[bot]", scopes: ["repo"] },
  },
  github: {
    users: [{ login: "alice" }, { login: "mallory" }, { login: "github-actions[bot]", type: "Bot" }],
    repos: [
      { owner: "alice", name: "demo", auto_init: true },
      { owner: "alice", name: "other", auto_init: true },
    ],
  },
};
const github = await createEmulator({ service: "github", port, seed, baseUrl });
console.log("READY");
readline.createInterface({ input: process.stdin }).on("line", async (line) => {
  if (line === "reset") {
    await github.reset();
    console.log("RESET");
  }
  if (line === "quit") {
    await github.close();
    process.exit(0);
  }
});
