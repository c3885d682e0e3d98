/** The pieces by themselves, on inputs like recorded ones: JMH. */
@NullMarked
package io.modelvane.bench.micro;

import org.jspecify.annotations.NullMarked;
