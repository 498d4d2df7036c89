import { createTheme, MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { queryClient } from "./api/query-client.ts";
import { loadWords } from "./language/words.ts";
import { LiveProvider } from "./live/live-provider.tsx";
import { router } from "./routes.tsx";
import "./style/mantine.css";
import "./style/ground.css";
import "./style/frame.css";
import "./style/orders.css";
import "./style/order.css";
import "./style/inbox.css";
import "./style/narrow.css";

// Its variables stand in style/mantine.css: the page's content security policy lets nothing style it from a script.
const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 7,
  respectReducedMotion: true,
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root.");
await loadWords();
createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withGlobalClasses={false}
    >
      <QueryClientProvider client={queryClient}>
        <LiveProvider>
          <RouterProvider router={router} />
        </LiveProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
