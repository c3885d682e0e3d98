package io.modelvane.influx;

import io.modelvane.spi.DataSize;
import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Options of the sink {@code influxdb}. */
record InfluxOptions(
    @Option(description = "Where the server is.", example = "http://localhost:8086") URI url,
    @Option(description = "Write API to speak.", defaultValue = "v2") Api api,
    @Option(description = "Organisation (v2).") Optional<String> org,
    @Option(description = "Bucket (v2), or database (v1, v3).") String bucket,
    @Option(description = "Token with write permission on the bucket (v2, v3).")
        Optional<Secret> token,
    @Option(description = "User (v1).") Optional<String> username,
    @Option(description = "Password (v1).") Optional<Secret> password,
    @Option(description = "Retention policy to write to (v1); the default one when not given.")
        Optional<String> retentionPolicy,
    @Option(
            description =
                "Make the bucket at start if it is missing (v2); the token needs that permission.",
            defaultValue = "false")
        boolean createBucket,
    @Option(
            description = "Retention of a bucket that is made; 0s keeps for ever.",
            defaultValue = "0s")
        Duration retention,
    @Option(
            description =
                "Compress bodies: `auto` does unless the server is on this machine. Costs about as"
                    + " much CPU as all the rest; pays on slow links.",
            defaultValue = "auto")
        Gzip gzip,
    @Option(description = "Writes under way at once.", defaultValue = "2", min = "1", max = "64")
        int maxInFlight,
    @Option(
            description = "Most rows in a write; InfluxDB advises 5,000.",
            defaultValue = "5000",
            min = "1",
            max = "100000")
        int maxRows,
    @Option(
            description = "About the most bytes in a write.",
            defaultValue = "4MiB",
            min = "1KiB",
            max = "256MiB")
        DataSize maxBytes,
    @Option(description = "How long a row waits for company.", defaultValue = "20ms")
        Duration linger,
    @Option(
            description = "An answer later than this counts as none.",
            defaultValue = "30s",
            min = "1s")
        Duration timeout,
    @Option(
            description =
                "Certificates of the authorities to trust, in PEM; the JDK's when not given.")
        Optional<Path> ca,
    @Option(description = "Further HTTP headers, for gateways.") Map<String, Secret> headers) {}
