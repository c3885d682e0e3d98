/** Rules: which steps of incidents are told to whom. */
@NullMarked
package io.modelvane.alerting.rule;

import org.jspecify.annotations.NullMarked;
