package io.modelvane.demo;

import java.time.Instant;

/**
 * A risky time of {@code credit_card_approval} as the generator produced it.
 *
 * @param episode counts from 0
 * @param producedAt when its first call with a risk score above 0.7 was given to Kafka
 */
public record Breach(int episode, Instant producedAt) {}
