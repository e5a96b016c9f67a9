import { defineConfig } from "@playwright/test";

// An installed browser instead of Playwright's own.
const executablePath = process.env.CHROMIUM;

export default defineConfig({
  testDir: ".",
  outputDir: process.env.PLAYWRIGHT_OUTPUT ?? "test-results",
  reporter: "list",
  use: { launchOptions: executablePath === undefined ? {} : { executablePath, args: ["--no-sandbox"] } },
});
