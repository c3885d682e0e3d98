package io.modelvane.engine.pipeline;

import io.modelvane.spi.Transform;

/**
 * A transform and its name.
 *
 * @param name its name in the configuration
 * @param transform the transform
 */
public record NamedTransform(String name, Transform transform) {
  String title() {
    return "transform '" + name + "'";
  }
}
