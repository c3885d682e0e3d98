package io.modelvane.spi;

/** The version of this interface, against which a plugin's {@code Plugin-Requires} is checked. */
public final class Spi {
  /** Semantic version: a plugin that asks for {@code >=0.1.0 & <1.0.0} loads on this one. */
  public static final String VERSION = "0.1.0";

  private Spi() {}
}
