# Ordna in a container: built in one stage, run by a user without rights in another. docs/operating.md says how.
FROM node:24-bookworm-slim AS build
WORKDIR /ordna
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
# The page is built here; the server runs its TypeScript as it is.
RUN node scripts/build-page.mjs \
  && npm prune --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
  ORDNA_HOST=0.0.0.0 \
  ORDNA_DATA=/data \
  ORDNA_CACHE=/tmp/ordna-cache
WORKDIR /ordna
COPY --from=build --chown=root:root /ordna/package.json ./
COPY --from=build --chown=root:root /ordna/node_modules ./node_modules
COPY --from=build --chown=root:root /ordna/src ./src
COPY --from=build --chown=root:root /ordna/dist ./dist
COPY --from=build --chown=root:root /ordna/ordna.config.ts ./
RUN install -d -o node -g node -m 700 /data
USER node
VOLUME /data
EXPOSE 4700
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4700/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node is the first process: SIGTERM reaches it, and it lets begun work end.
CMD ["node", "src/main.ts", "serve"]
