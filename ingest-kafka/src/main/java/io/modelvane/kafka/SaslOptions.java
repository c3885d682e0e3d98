package io.modelvane.kafka;

import io.modelvane.spi.Option;
import io.modelvane.spi.Secret;
import java.net.URI;
import java.util.Optional;

/** Logging in to the brokers. */
record SaslOptions(
    @Option(description = "Mechanism.") SaslMechanism mechanism,
    @Option(description = "User, or client id for OAUTHBEARER.") String username,
    @Option(description = "Password, or client secret for OAUTHBEARER.") Secret password,
    @Option(description = "Token endpoint for OAUTHBEARER (client credentials).")
        Optional<URI> tokenUrl,
    @Option(description = "Scope to ask for with OAUTHBEARER.") Optional<String> scope) {}
