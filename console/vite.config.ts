import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// Vite asks for a default export.
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: resolve(import.meta.dirname, "../dist/console"),
    emptyOutDir: true,
    // The page is served under default-src 'self', which refuses data: addresses.
    assetsInlineLimit: 0,
    // light-dark() stays as it is: what stands in for it would not follow the reader's choice.
    target: ["chrome123", "firefox128", "safari17.5"],
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:4700" } },
});
