/** What people say to an incident: that they see to it, or that they want quiet for a while. */
@NullMarked
package io.modelvane.alerting.response;

import org.jspecify.annotations.NullMarked;
