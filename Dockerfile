# Two stages: the toolchain builds, a slim Debian runs. The program links Debian's C libraries and carries Swift's own.
FROM swift:6.3-bookworm AS build
WORKDIR /src
COPY scripts/deps scripts/deps
RUN apt-get update && scripts/deps && rm -rf /var/lib/apt/lists/*
COPY Package.swift ./
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product rejoinder --static-swift-stdlib \
    && install -D .build/release/rejoinder /out/rejoinder && strip /out/rejoinder

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends librdkafka1 libavro23 libmicrohttpd12 libwslay1 liblmdb0 libcurl4 libssl3 \
        libsnappy1v5 liblzma5 libzstd1 zlib1g ca-certificates curl python3-minimal \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home rejoinder \
    && install -d -o rejoinder /data /files
COPY --from=build /out/rejoinder /usr/local/bin/rejoinder
COPY schemas /etc/rejoinder/schemas
ENV REJOINDER_SCHEMAS=/etc/rejoinder/schemas REJOINDER_DATA=/data REJOINDER_LOG_FORMAT=json
USER rejoinder
ENTRYPOINT ["rejoinder"]
CMD ["--help"]
