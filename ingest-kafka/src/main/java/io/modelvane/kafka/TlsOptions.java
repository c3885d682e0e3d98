package io.modelvane.kafka;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** TLS towards the brokers. */
record TlsOptions(
    @Option(
            description = "Whether to use TLS. Any other option here switches it on as well.",
            defaultValue = "true")
        boolean enabled,
    @Option(
            description =
                "Certificates of the authorities to trust, in PEM; the JDK's when not given.",
            example = "/etc/kafka/ca.pem")
        Optional<Path> ca,
    @Option(description = "Client certificate chain in PEM, for mutual TLS.")
        Optional<Path> certificate,
    @Option(description = "Private key of the client certificate, PEM in PKCS#8.")
        Optional<Path> key,
    @Option(description = "Password of the private key or of the key store.")
        Optional<Secret> keyPassword,
    @Option(description = "Trust store in PKCS#12 or JKS, instead of `ca`.")
        Optional<Path> truststore,
    @Option(description = "Password of the trust store.") Optional<Secret> truststorePassword,
    @Option(description = "Key store in PKCS#12 or JKS, instead of `certificate` and `key`.")
        Optional<Path> keystore,
    @Option(
            description = "Whether the broker's name must match its certificate.",
            defaultValue = "true")
        boolean verifyHostname) {}
