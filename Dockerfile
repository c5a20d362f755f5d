# syntax=docker/dockerfile:1
# Builds the web interface and the server, and leaves one binary and ffmpeg on a small Debian. Runs as an ordinary user.

FROM node:22-bookworm-slim AS web
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY web ./
RUN npm run build

FROM rust:1-bookworm AS server
WORKDIR /src
COPY Cargo.toml Cargo.lock rustfmt.toml clippy.toml ./
COPY .cargo .cargo
COPY crates crates
COPY xtask xtask
COPY --from=web /src/web/build web/build
# The interface is built already: the build script takes it as it is.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    KINOMETA_SKIP_WEB=1 cargo build --profile dist --locked --package kinometa \
    && cp target/dist/kinometa /usr/local/bin/kinometa

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates ffmpeg \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 7878 --user-group --home-dir /data --shell /usr/sbin/nologin kinometa \
    && install -d -o kinometa -g kinometa -m 0700 /data
COPY --from=server /usr/local/bin/kinometa /usr/local/bin/kinometa
USER kinometa
ENV KINOMETA_DATA_DIR=/data \
    KINOMETA_LISTEN=0.0.0.0
VOLUME /data
EXPOSE 7878
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/7878 && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '200 OK' <&3"]
ENTRYPOINT ["kinometa"]
CMD ["serve"]
